package io.openqpr.code;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.http.Answer;
import io.openqpr.http.JsonBody;
import io.openqpr.http.Parameters;
import io.openqpr.http.Problem.Kind;
import io.openqpr.http.ProblemException;
import io.openqpr.http.Request;
import io.openqpr.http.Route;
import io.openqpr.journal.Journal;
import io.openqpr.model.CodeId;
import io.openqpr.model.QprCode;
import io.openqpr.model.Template;
import io.openqpr.store.CodeStore;
import io.openqpr.store.ScanStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/v1/qpr-codes`: make, list, read.
public final class CodeRoutes {

  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 200;

  private final Codes codes;
  private final ScanStore scans;
  private final Journal journal;
  private final Gate gate;
  private final String publicUrl;

  public CodeRoutes(Codes codes, ScanStore scans, Journal journal, Gate gate, String publicUrl) {
    this.codes = codes;
    this.scans = scans;
    this.journal = journal;
    this.gate = gate;
    this.publicUrl = publicUrl;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/qpr-codes", gate.guard(this::create)),
        Route.get("/v1/qpr-codes", gate.guard(this::list)),
        Route.get("/v1/qpr-codes/{id}", gate.guard(this::read)));
  }

  private Answer create(Caller caller, Request request) {
    request.parameters().done();
    CodeDraft draft = draft(request.jsonBody(MAX_BODY_BYTES));
    return Answer.json(CodeView.of(codes.create(caller.account(), draft), 0, publicUrl));
  }

  private static CodeDraft draft(JsonBody body) {
    String name = body.requiredText("name", CodeDraft.MAX_NAME);
    String prompt = body.requiredText("prompt", CodeDraft.MAX_PROMPT);
    String welcome = body.text("welcome_message", CodeDraft.MAX_WELCOME_MESSAGE);
    Template template = body.choice("template", Template.class);
    String conversationUrl = body.text("conversation_url", ConversationUrl.MAX_LENGTH);
    String metadata =
        body.object("metadata", CodeDraft.MAX_METADATA_KEYS, CodeDraft.MAX_METADATA_BYTES);
    if (conversationUrl != null && !ConversationUrl.isValid(conversationUrl)) {
      body.error(
          "conversation_url",
          "must be an http or https URL in ASCII, with {scan_id} and {short_id} as the only"
              + " placeholders, such as https://chat.example.com/?scan={scan_id}");
    }
    body.done();
    return new CodeDraft(
        name,
        prompt,
        welcome,
        template,
        conversationUrl,
        metadata == null ? QprCode.NO_METADATA : metadata);
  }

  private Answer list(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    int limit = parameters.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    long offset = parameters.longInteger("offset", 0, 0, Long.MAX_VALUE);
    parameters.done();
    CodeStore.Page page = codes.page(caller.account(), limit, offset);
    List<Integer> numbers = page.codes().stream().map(code -> code.ref().number()).toList();
    Map<Integer, Long> totals = scansOf(caller, numbers);
    return Answer.json(
        new ListView(
            page.codes().stream()
                .map(c -> CodeView.of(c, totals.getOrDefault(c.ref().number(), 0L), publicUrl))
                .toList(),
            page.total(),
            limit,
            offset));
  }

  private record ListView(List<CodeView> qprCodes, long total, int limit, long offset) {}

  private Answer read(Caller caller, Request request) {
    request.parameters().done();
    QprCode code = require(codes, caller.account(), request.pathParameter("id"));
    int number = code.ref().number();
    long total = scansOf(caller, List.of(number)).getOrDefault(number, 0L);
    return Answer.json(CodeView.of(code, total, publicUrl));
  }

  private Map<Integer, Long> scansOf(Caller caller, List<Integer> codeNumbers) {
    journal.awaitApplied();
    return scans.countByCode(caller.account(), codeNumbers);
  }

  /// The account's code of this id.
  ///
  /// @throws ProblemException 404 where there is none, or it is another account's
  public static QprCode require(Codes codes, int account, @Nullable String id) {
    if (id != null && !id.isEmpty() && id.length() <= 100) {
      var code = codes.byId(account, new CodeId(id));
      if (code.isPresent()) {
        return code.get();
      }
    }
    throw new ProblemException(
        Kind.NOT_FOUND,
        "There is no QPR code with this id in your account; list them at /v1/qpr-codes.");
  }
}
