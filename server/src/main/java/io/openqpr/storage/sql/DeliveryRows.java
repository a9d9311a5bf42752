package io.openqpr.storage.sql;

import static io.openqpr.storage.sql.WebhookRows.millis;
import static io.openqpr.storage.sql.WebhookRows.time;

import io.openqpr.storage.sql.WebhookSchema.Attempts;
import io.openqpr.storage.sql.WebhookSchema.Waitings;
import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.Attempt.Phases;
import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.Waiting;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/// What waits and what was sent, as rows.
final class DeliveryRows {

  private DeliveryRows() {}

  static Waiting waiting(Record row) {
    return new Waiting(
        new Delivery(
            row.get(Waitings.WEBHOOK),
            row.get(Waitings.ID),
            row.get(Waitings.TYPES),
            Delivery.spots(row.get(Waitings.EVENTS)),
            row.get(Waitings.SEQUENCE),
            row.get(Waitings.BODY)),
        row.get(Waitings.ATTEMPTS),
        time(row.get(Waitings.NEXT_AT)),
        Instant.ofEpochMilli(row.get(Waitings.CREATED_AT)),
        row.get(Waitings.RESEND));
  }

  /// In place of those of the same id.
  static void put(DSLContext sql, String webhook, List<Waiting> all) {
    for (List<Waiting> chunk : Chunks.of(all)) {
      forget(sql, webhook, chunk.stream().map(w -> w.delivery().id()).toList());
      var insert =
          sql.insertInto(
              Waitings.TABLE,
              Waitings.WEBHOOK,
              Waitings.ID,
              Waitings.TYPES,
              Waitings.EVENTS,
              Waitings.SEQUENCE,
              Waitings.BODY,
              Waitings.ATTEMPTS,
              Waitings.NEXT_AT,
              Waitings.CREATED_AT,
              Waitings.RESEND);
      for (Waiting waiting : chunk) {
        Delivery delivery = waiting.delivery();
        insert =
            insert.values(
                webhook,
                delivery.id(),
                delivery.types(),
                delivery.eventsText(),
                delivery.sequence(),
                delivery.body(),
                waiting.attempts(),
                millis(waiting.nextAt()),
                waiting.createdAt().toEpochMilli(),
                waiting.resend());
      }
      insert.execute();
    }
  }

  static void forget(DSLContext sql, String webhook, List<String> ids) {
    for (List<String> chunk : Chunks.of(ids)) {
      sql.deleteFrom(Waitings.TABLE)
          .where(Waitings.WEBHOOK.eq(webhook), Waitings.ID.in(chunk))
          .execute();
    }
  }

  static Attempt attempt(Record row) {
    return new Attempt(
        row.get(Attempts.ID),
        new Delivery(
            row.get(Attempts.WEBHOOK),
            row.get(Attempts.DELIVERY),
            row.get(Attempts.TYPES),
            Delivery.spots(row.get(Attempts.EVENTS)),
            row.get(Attempts.SEQUENCE),
            row.get(Attempts.BODY)),
        row.get(Attempts.NUMBER),
        Attempt.State.values()[row.get(Attempts.STATE)],
        Instant.ofEpochMilli(row.get(Attempts.STARTED_AT)),
        row.get(Attempts.STATUS),
        row.get(Attempts.ERROR),
        row.get(Attempts.DETAIL),
        phases(row.get(Attempts.PHASES)),
        row.get(Attempts.ANSWER),
        time(row.get(Attempts.NEXT_AT)));
  }

  static void append(DSLContext sql, List<Attempt> all) {
    for (List<Attempt> chunk : Chunks.of(all)) {
      var insert =
          sql.insertInto(
              Attempts.TABLE,
              Attempts.WEBHOOK,
              Attempts.ID,
              Attempts.DELIVERY,
              Attempts.TYPES,
              Attempts.EVENTS,
              Attempts.SEQUENCE,
              Attempts.BODY,
              Attempts.NUMBER,
              Attempts.STATE,
              Attempts.STARTED_AT,
              Attempts.STATUS,
              Attempts.ERROR,
              Attempts.DETAIL,
              Attempts.PHASES,
              Attempts.ANSWER,
              Attempts.NEXT_AT);
      for (Attempt attempt : chunk) {
        Delivery delivery = attempt.delivery();
        insert =
            insert.values(
                delivery.webhook(),
                attempt.id(),
                delivery.id(),
                delivery.types(),
                delivery.eventsText(),
                delivery.sequence(),
                delivery.body(),
                attempt.number(),
                attempt.state().ordinal(),
                attempt.startedAt().toEpochMilli(),
                attempt.status(),
                attempt.error(),
                attempt.detail(),
                text(attempt.phases()),
                attempt.answer(),
                millis(attempt.nextAt()));
      }
      insert.execute();
    }
  }

  private static String text(Phases phases) {
    return "%d %d %d %d %d"
        .formatted(phases.dns(), phases.connect(), phases.tls(), phases.firstByte(), phases.done());
  }

  private static Phases phases(String text) {
    String[] parts = text.split(" ");
    return new Phases(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]));
  }
}
