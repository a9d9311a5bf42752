package io.openqpr.code;

import io.openqpr.model.CodeStatus;
import io.openqpr.model.QprCode;
import io.openqpr.model.Template;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.MergePatch;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `PATCH` changes of a code: a JSON merge patch, so what it does not name stays, and `null`
/// takes an optional value away.
///
/// @param name and the others: `null` where they stay
/// @param clears names of fields whose value is taken away
record CodePatch(
    @Nullable String name,
    @Nullable String prompt,
    @Nullable String welcomeMessage,
    @Nullable Template template,
    @Nullable Status status,
    @Nullable String conversationUrl,
    @Nullable MergePatch metadata,
    List<String> clears) {

  private static final List<String> REQUIRED = List.of("name", "prompt", "status");
  private static final List<String> OPTIONAL =
      List.of("welcome_message", "template", "conversation_url", "metadata");

  /// What a code can be set to; it is deleted in another way.
  enum Status {
    ACTIVE,
    PAUSED,
    ARCHIVED
  }

  /// @throws ProblemException 400 with all mistakes
  static CodePatch read(JsonBody body) {
    for (String field : REQUIRED) {
      if (body.isNull(field)) {
        body.error(field, "can't be taken away; give it a value or leave it out");
      }
    }
    String name = body.text("name", CodeDraft.MAX_NAME);
    String prompt = body.text("prompt", CodeDraft.MAX_PROMPT);
    notBlank(body, "name", name);
    notBlank(body, "prompt", prompt);
    var patch =
        new CodePatch(
            name,
            prompt,
            body.text("welcome_message", CodeDraft.MAX_WELCOME_MESSAGE),
            body.choice("template", Template.class),
            body.choice("status", Status.class),
            ConversationUrl.read(body),
            body.mergePatch("metadata"),
            OPTIONAL.stream().filter(body::isNull).toList());
    body.done();
    return patch;
  }

  private static void notBlank(JsonBody body, String field, @Nullable String text) {
    if (text != null && text.isBlank()) {
      body.error(field, "must not be blank");
    }
  }

  /// @throws ProblemException 400 when the metadata would become too large
  QprCode applyTo(QprCode code, Instant now) {
    return new QprCode(
        code.ref(),
        name == null ? code.name() : name,
        prompt == null ? code.prompt() : prompt,
        patched("welcome_message", welcomeMessage, code.welcomeMessage()),
        patched("template", template, code.template()),
        status == null ? code.status() : CodeStatus.valueOf(status.name()),
        patched("conversation_url", conversationUrl, code.conversationUrl()),
        patchedMetadata(code.metadata()),
        code.createdAt(),
        now,
        code.scansSince());
  }

  private <T> @Nullable T patched(String field, @Nullable T after, @Nullable T before) {
    return clears.contains(field) ? null : after == null ? before : after;
  }

  private String patchedMetadata(String before) {
    if (clears.contains("metadata")) {
      return QprCode.NO_METADATA;
    }
    if (metadata == null) {
      return before;
    }
    String after = metadata.applyTo(before);
    List<Problem.FieldError> mistakes = CodeDraft.METADATA.mistakes("metadata", after);
    if (!mistakes.isEmpty()) {
      throw new ProblemException(
          new Problem(
              Kind.BAD_REQUEST,
              "The metadata would be too large after this; nothing was changed.",
              mistakes));
    }
    return after;
  }
}
