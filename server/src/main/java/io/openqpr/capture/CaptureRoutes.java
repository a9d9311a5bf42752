package io.openqpr.capture;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.code.Codes;
import io.openqpr.code.ConversationUrl;
import io.openqpr.conversation.ConversationToken;
import io.openqpr.http.Answer;
import io.openqpr.http.Page;
import io.openqpr.http.Request;
import io.openqpr.http.Route;
import io.openqpr.journal.Journal;
import io.openqpr.journal.Receipt;
import io.openqpr.model.CodeRef;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.Event;
import io.openqpr.model.IdMaker;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.visitor.Visitor;
import io.openqpr.visitor.Visitors;
import java.util.List;
import java.util.Optional;

/// `GET /s/{short_id}`: the hot path. The redirect to the conversation is sent only after the scan
/// is durable. HEAD is answered and never counted.
public final class CaptureRoutes {

  private final Codes codes;
  private final Visitors visitors;
  private final Journal journal;
  private final IdMaker ids;
  private final ConversationToken tokens;
  private final String publicUrl;
  private final Answer unknownCode = Answer.html(404, Page.load("unknown-code.html").fill());
  private final Answer closedCode = Answer.html(410, Page.load("closed-code.html").fill());
  private final Answer tryAgain =
      Answer.html(503, Page.load("try-again.html").fill()).with(List.of("Retry-After", "2"));

  public CaptureRoutes(
      Codes codes,
      Visitors visitors,
      Journal journal,
      IdMaker ids,
      ConversationToken tokens,
      String publicUrl) {
    this.codes = codes;
    this.visitors = visitors;
    this.journal = journal;
    this.ids = ids;
    this.tokens = tokens;
    this.publicUrl = publicUrl;
  }

  public List<Route> routes() {
    return List.of(Route.get("/s/{short_id}", this::scan), Route.head("/s/{short_id}", this::look));
  }

  private Answer scan(Request request) {
    Optional<QprCode> code = codes.byShortId(request.pathParameter("short_id"));
    if (code.isEmpty()) {
      return unknownCode;
    }
    if (code.get().status() != CodeStatus.ACTIVE) {
      return closedCode;
    }
    Ulid ulid = ids.next();
    Scan scan = scan(code.get(), ulid, visitors.visitorOf(code.get().ref().account(), request));
    Receipt receipt = journal.record(new Event.ScanCaptured(scan));
    return switch (receipt) {
      case DURABLE -> Answer.redirect(conversation(code.get(), ulid, scan.id().text()));
      case QUEUE_FULL, BACKLOG_FULL, DISK_FAILED, CLOSED -> tryAgain;
    };
  }

  /// The time is the id's own: it was made for this scan, and never runs backwards.
  private static Scan scan(QprCode code, Ulid ulid, Visitor visitor) {
    return new Scan(
        new ScanId(ScanId.PREFIX + ulid),
        code.ref(),
        ulid.getInstant(),
        visitor.place(),
        visitor.device(),
        visitor.deviceKey(),
        Conversation.NONE,
        Details.NONE,
        code.metadata());
  }

  /// Where a scan would lead, with no scan behind it.
  private Answer look(Request request) {
    Optional<QprCode> code = codes.byShortId(request.pathParameter("short_id"));
    if (code.isEmpty()) {
      return unknownCode;
    }
    if (code.get().status() != CodeStatus.ACTIVE) {
      return closedCode;
    }
    return Answer.redirect(conversation(code.get(), Ulid.MIN, ""));
  }

  private String conversation(QprCode code, Ulid ulid, String scanId) {
    CodeRef ref = code.ref();
    return code.conversationUrl() == null
        ? publicUrl + "/c/" + tokens.of(ulid, ref.shortId())
        : ConversationUrl.fill(code.conversationUrl(), scanId, ref.shortId());
  }
}
