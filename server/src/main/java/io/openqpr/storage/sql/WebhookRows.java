package io.openqpr.storage.sql;

import io.openqpr.model.CodeRef;
import io.openqpr.model.EventType;
import io.openqpr.storage.sql.WebhookSchema.Webhooks;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.Secrets;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import io.openqpr.storage.store.Webhook.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Webhooks as rows.
final class WebhookRows {

  private final CodeRefs refs = new CodeRefs();

  /// Newest first.
  List<Webhook> select(DSLContext sql, Condition condition) {
    var rows =
        sql.select()
            .from(Webhooks.TABLE)
            .where(condition)
            .orderBy(Webhooks.CREATED_AT.desc(), Webhooks.ID.desc())
            .fetch();
    List<Integer> codes =
        rows.getValues(Webhooks.CODE).stream().filter(Objects::nonNull).distinct().toList();
    Function<Integer, CodeRef> codeOf = refs.of(sql, codes);
    return rows.map(row -> webhook(row, codeOf));
  }

  private static Webhook webhook(Record row, Function<Integer, CodeRef> codeOf) {
    Integer code = row.get(Webhooks.CODE);
    Long offAt = row.get(Webhooks.OFF_AT);
    return new Webhook(
        row.get(Webhooks.ID),
        row.get(Webhooks.ACCOUNT),
        row.get(Webhooks.URL),
        row.get(Webhooks.DESCRIPTION),
        events(row.get(Webhooks.EVENTS)),
        code == null ? null : codeOf.apply(code),
        VisitFilterText.parse(row.get(Webhooks.VISITS)),
        row.get(Webhooks.HEADERS),
        new Way(
            row.get(Webhooks.STRICT),
            row.get(Webhooks.BATCH),
            row.get(Webhooks.CONCURRENCY),
            row.get(Webhooks.RATE),
            Duration.ofMillis(row.get(Webhooks.TIMEOUT_MS))),
        new Secrets(
            row.get(Webhooks.SECRET),
            row.get(Webhooks.PREVIOUS_SECRET),
            time(row.get(Webhooks.PREVIOUS_UNTIL))),
        offAt == null
            ? null
            : new SwitchedOff(Instant.ofEpochMilli(offAt), row.get(Webhooks.OFF_REASON)),
        Instant.ofEpochMilli(row.get(Webhooks.CREATED_AT)));
  }

  static Map<Field<?>, @Nullable Object> values(Webhook webhook) {
    var values = new HashMap<Field<?>, @Nullable Object>();
    CodeRef code = webhook.code();
    Way way = webhook.way();
    SwitchedOff off = webhook.switchedOff();
    values.put(Webhooks.ID, webhook.id());
    values.put(Webhooks.ACCOUNT, webhook.account());
    values.put(Webhooks.URL, webhook.url());
    values.put(Webhooks.DESCRIPTION, webhook.description());
    values.put(Webhooks.EVENTS, text(webhook.events()));
    values.put(Webhooks.CODE, code == null ? null : code.number());
    values.put(Webhooks.VISITS, VisitFilterText.of(webhook.visit()));
    values.put(Webhooks.HEADERS, webhook.headers());
    values.put(Webhooks.STRICT, way.strict());
    values.put(Webhooks.BATCH, way.batch());
    values.put(Webhooks.CONCURRENCY, way.concurrency());
    values.put(Webhooks.RATE, way.rate());
    values.put(Webhooks.TIMEOUT_MS, (int) way.timeout().toMillis());
    values.put(Webhooks.SECRET, webhook.secrets().current());
    values.put(Webhooks.PREVIOUS_SECRET, webhook.secrets().previous());
    values.put(Webhooks.PREVIOUS_UNTIL, millis(webhook.secrets().previousUntil()));
    values.put(Webhooks.OFF_AT, off == null ? null : off.at().toEpochMilli());
    values.put(Webhooks.OFF_REASON, off == null ? null : off.reason());
    values.put(Webhooks.CREATED_AT, webhook.createdAt().toEpochMilli());
    return values;
  }

  private static String text(Set<EventType> events) {
    return events.stream().map(EventType::text).collect(Collectors.joining(" "));
  }

  private static Set<EventType> events(String text) {
    var events = EnumSet.noneOf(EventType.class);
    for (String name : text.split(" ")) {
      events.add(EventType.of(name).orElseThrow());
    }
    return events;
  }

  static @Nullable Instant time(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
