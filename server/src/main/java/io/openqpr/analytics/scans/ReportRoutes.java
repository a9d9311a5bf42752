package io.openqpr.analytics.scans;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.Scan;
import io.openqpr.model.Scope;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.Receipt;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.JsonBody;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Clock;
import java.util.List;

/// `PUT /v1/scans/{id}/conversation`, by which whoever hosts the conversation says how far it is.
final class ReportRoutes {

  private static final int MAX_BODY_BYTES = 4 * 1024;

  private final Scans scans;
  private final Journal journal;
  private final Gate gate;
  private final Clock clock;

  ReportRoutes(Scans scans, Journal journal, Gate gate, Clock clock) {
    this.scans = scans;
    this.journal = journal;
    this.gate = gate;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.put(
            "/v1/scans/{id}/conversation", gate.guard(Scope.CONVERSATIONS_WRITE, this::report)));
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
                reported,
                clock.millis()));
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
