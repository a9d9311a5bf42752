package io.openqpr.events.webhook;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.EventId;
import io.openqpr.model.EventType;
import io.openqpr.model.IdMaker;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedEvent.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Events that never happened, for tests of a receiver: of a code and a scan that are nowhere.
final class SampleEvents {

  private final IdMaker ids;

  SampleEvents(IdMaker ids) {
    this.ids = ids;
  }

  FeedEvent of(EventType type, int account, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    var code = new CodeRef(0, account, new CodeId(ids.next("qpr_")), "sample");
    Subject subject =
        type.isOfScan()
            ? new Subject.OfScan(scan(type, code, now))
            : new Subject.OfCode(code(type, code, now), 0);
    return new FeedEvent(
        EventId.of(type, now, account, code.id().text()), type, now, 0, 0, subject);
  }

  private Scan scan(EventType type, CodeRef code, Instant now) {
    Conversation conversation =
        switch (type) {
          case CONVERSATION_STARTED -> new Conversation(Conversation.Status.OPEN, 1);
          case CONVERSATION_COMPLETED -> new Conversation(Conversation.Status.COMPLETED, 4);
          default -> Conversation.NONE;
        };
    return new Scan(
        new ScanId(ids.next("scan_")),
        code,
        now,
        new Place("DE", "BE", "Berlin"),
        DeviceKind.MOBILE,
        0,
        conversation,
        Details.NONE,
        QprCode.NO_METADATA);
  }

  private static QprCode code(EventType type, CodeRef code, Instant now) {
    CodeStatus status = type == EventType.CODE_DELETED ? CodeStatus.DELETED : CodeStatus.ACTIVE;
    return new QprCode(
        code,
        "A test",
        "This code is nowhere.",
        null,
        null,
        status,
        null,
        QprCode.NO_METADATA,
        now,
        now,
        now);
  }
}
