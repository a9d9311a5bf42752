package io.openqpr.conversation;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.code.Codes;
import io.openqpr.history.ScanView;
import io.openqpr.history.Scans;
import io.openqpr.http.Answer;
import io.openqpr.http.JsonBody;
import io.openqpr.http.Page;
import io.openqpr.http.Problem.Kind;
import io.openqpr.http.ProblemException;
import io.openqpr.http.Request;
import io.openqpr.http.Route;
import io.openqpr.journal.Journal;
import io.openqpr.journal.Receipt;
import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.Scope;
import java.util.List;
import java.util.Optional;

/// The page that a scan opens, and `PUT /v1/scans/{id}/conversation`, by which whoever hosts the
/// conversation says how far it is.
public final class ConversationRoutes {

  private static final int MAX_BODY_BYTES = 4 * 1024;

  private final Scans scans;
  private final Codes codes;
  private final Journal journal;
  private final Gate gate;
  private final ConversationToken tokens;
  private final Page page = Page.load("conversation.html");
  private final Page unknownPage = Page.load("unknown-conversation.html");

  public ConversationRoutes(
      Scans scans, Codes codes, Journal journal, Gate gate, ConversationToken tokens) {
    this.scans = scans;
    this.codes = codes;
    this.journal = journal;
    this.gate = gate;
    this.tokens = tokens;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/c/{token}", this::page),
        Route.put(
            "/v1/scans/{id}/conversation", gate.guard(Scope.CONVERSATIONS_WRITE, this::report)));
  }

  /// Reading it again, or going back to it, is no new scan.
  private Answer page(Request request) {
    Optional<QprCode> code =
        tokens
            .read(request.pathParameter("token"))
            .flatMap(named -> codes.byShortId(named.shortId()));
    if (code.isEmpty()) {
      return Answer.html(404, unknownPage.fill());
    }
    String welcome = Optional.ofNullable(code.get().welcomeMessage()).orElse("");
    return Answer.html(200, page.fill("name", code.get().name(), "welcome", welcome));
  }

  private Answer report(Caller caller, Request request) {
    request.parameters().done();
    Conversation reported = conversation(request.jsonBody(MAX_BODY_BYTES));
    Scan scan = scans.require(caller.account(), request.pathParameter("id"));
    Receipt receipt =
        journal.record(
            new Event.ConversationReported(
                scan.id(),
                caller.account(),
                scan.code().number(),
                scan.scannedAt().toEpochMilli(),
                reported));
    if (receipt != Receipt.DURABLE) {
      throw new ProblemException(
          Kind.OVERLOADED, "The report was not taken, nothing changed: send it again in a moment.");
    }
    return Answer.json(ScanView.of(scans.require(caller.account(), scan.id().text())));
  }

  private static Conversation conversation(JsonBody body) {
    int messages = body.requiredInteger("messages", 0, Conversation.MAX_MESSAGES);
    ReportedStatus status = body.requiredChoice("status", ReportedStatus.class);
    body.done();
    return new Conversation(
        switch (status) {
          case OPEN -> Conversation.Status.OPEN;
          case COMPLETED -> Conversation.Status.COMPLETED;
        },
        messages);
  }

  private enum ReportedStatus {
    OPEN,
    COMPLETED
  }
}
