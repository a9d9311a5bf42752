package io.openqpr.code;

import io.openqpr.model.CodeId;
import io.openqpr.model.QprCode;
import io.openqpr.model.Template;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.ObjectLimits;
import org.jspecify.annotations.Nullable;

/// What whoever makes a code says of it, checked. See [QprCode] for the meanings.
public record CodeDraft(
    String name,
    String prompt,
    @Nullable String welcomeMessage,
    @Nullable Template template,
    @Nullable String conversationUrl,
    String metadata) {

  public static final int MAX_NAME = 200;
  public static final int MAX_PROMPT = 20_000;
  public static final int MAX_WELCOME_MESSAGE = 2_000;
  public static final ObjectLimits METADATA = new ObjectLimits(50, 8 * 1024);

  /// A code of which nothing is known but its id.
  static CodeDraft imported(CodeId id) {
    return new CodeDraft(
        "Imported " + id.text(), "Imported.", null, null, null, QprCode.NO_METADATA);
  }

  /// @throws io.openqpr.web.http.ProblemException 400 with all mistakes
  static CodeDraft read(JsonBody body) {
    String metadata = body.object("metadata", METADATA);
    var draft =
        new CodeDraft(
            body.requiredText("name", MAX_NAME),
            body.requiredText("prompt", MAX_PROMPT),
            body.text("welcome_message", MAX_WELCOME_MESSAGE),
            body.choice("template", Template.class),
            ConversationUrl.read(body),
            metadata == null ? QprCode.NO_METADATA : metadata);
    body.done();
    return draft;
  }
}
