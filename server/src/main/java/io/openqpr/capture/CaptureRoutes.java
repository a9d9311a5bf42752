package io.openqpr.capture;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.capture.agent.TooManyAgentsException;
import io.openqpr.capture.visitor.Visit;
import io.openqpr.capture.visitor.Visitor;
import io.openqpr.capture.visitor.Visitors;
import io.openqpr.code.Codes;
import io.openqpr.code.ConversationUrl;
import io.openqpr.conversation.ConversationToken;
import io.openqpr.model.CodeRef;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.IdMaker;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.model.ScannableCode;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.Receipt;
import io.openqpr.storage.store.StoreException;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Handler;
import io.openqpr.web.http.Page;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.List;
import java.util.Optional;

/// `GET /s/{short_id}`: the hot path. The redirect to the conversation is sent only after the scan
/// is durable. What is no person scanning is kept as an ignored hit in the same way, and never
/// counted.
final class CaptureRoutes {

  private final Codes codes;
  private final Visitors visitors;
  private final Journal journal;
  private final IdMaker ids;
  private final ConversationToken tokens;
  private final String publicUrl;
  private final Ignored ignored;
  private final Answer unknownCode = Answer.html(404, Page.load("unknown-code.html").fill());
  private final Answer closedCode = Answer.html(410, Page.load("closed-code.html").fill());
  private final Answer tryAgain =
      Answer.html(503, Page.load("try-again.html").fill()).with(List.of("Retry-After", "2"));

  CaptureRoutes(
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
    this.ignored = new Ignored(publicUrl);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/s/{short_id}", orTryAgain(this::capture)),
        Route.head("/s/{short_id}", orTryAgain(this::capture)));
  }

  /// Who scans is told in words for people, when nobody knows the code and the store is away, or a
  /// flood of new user agents is before theirs.
  private Handler orTryAgain(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.BROKEN) {
          throw e;
        }
        return tryAgain;
      } catch (TooManyAgentsException e) {
        return tryAgain;
      }
    };
  }

  /// What was no scan, as operators see it.
  List<Counter> counters() {
    return ignored.counters();
  }

  private Answer capture(Request request) {
    Optional<ScannableCode> code = codes.byShortId(request.pathParameter("short_id"));
    if (code.isEmpty()) {
      return unknownCode;
    }
    if (code.get().status() != CodeStatus.ACTIVE) {
      return closedCode;
    }
    Visit visit = visitors.visit(code.get().ref(), request);
    Ulid ulid = ids.next();
    Scan scan = scan(code.get(), ulid, visit.visitor());
    Receipt receipt =
        journal.record(
            switch (visit) {
              case Visit.Scanned _ -> new Event.ScanCaptured(scan);
              case Visit.Ignored none ->
                  new Event.HitIgnored(new IgnoredHit(scan, none.reason(), none.bot()));
            });
    return switch (receipt) {
      case DURABLE -> answer(visit, code.get(), conversation(code.get(), ulid, scan.id()));
      case QUEUE_FULL, BACKLOG_FULL, DISK_FAILED, TAKEN, CLOSED -> tryAgain;
    };
  }

  private Answer answer(Visit visit, ScannableCode code, String conversation) {
    return switch (visit) {
      case Visit.Scanned(Visitor visitor) -> redirect(conversation, visitor);
      case Visit.Ignored none -> ignored.answer(none.reason(), code, conversation);
    };
  }

  private static Answer redirect(String conversation, Visitor visitor) {
    Answer answer = Answer.redirect(conversation);
    String cookie = visitor.setCookie();
    return cookie == null ? answer : answer.with(List.of("Set-Cookie", cookie));
  }

  /// The time is the id's own: it was made for this scan, and never runs backwards.
  private static Scan scan(ScannableCode code, Ulid ulid, Visitor visitor) {
    return new Scan(
        new ScanId(ScanId.PREFIX + ulid),
        code.ref(),
        ulid.getInstant(),
        visitor.place(),
        visitor.device(),
        visitor.deviceKey(),
        Conversation.NONE,
        visitor.details(),
        code.metadata());
  }

  private String conversation(ScannableCode code, Ulid ulid, ScanId scan) {
    CodeRef ref = code.ref();
    return code.conversationUrl() == null
        ? publicUrl + "/c/" + tokens.of(ulid, ref.shortId())
        : ConversationUrl.fill(code.conversationUrl(), scan.text(), ref.shortId());
  }
}
