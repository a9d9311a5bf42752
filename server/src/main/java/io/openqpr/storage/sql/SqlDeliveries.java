package io.openqpr.storage.sql;

import static io.openqpr.storage.sql.WebhookRows.millis;
import static io.openqpr.storage.sql.WebhookRows.time;

import io.openqpr.storage.sql.WebhookSchema.Progresses;
import io.openqpr.storage.sql.WebhookSchema.Waitings;
import io.openqpr.storage.sql.WebhookSchema.Webhooks;
import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.DeliveryStore;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/// How far webhooks are, on any engine: writes take turns, so whoever reads that one is free has
/// it.
public final class SqlDeliveries implements DeliveryStore {

  private final Database database;
  private final WebhookRows rows = new WebhookRows();

  public SqlDeliveries(Database database) {
    this.database = database;
  }

  @Override
  public List<Standing> active() {
    return database.lookUp(sql -> {
      var claims = new HashMap<String, Record>();
      sql.select(Progresses.WEBHOOK, Progresses.CLAIMS, Progresses.TAKEN_UNTIL)
          .from(Progresses.TABLE)
          .fetch()
          .forEach(row -> claims.put(row.get(Progresses.WEBHOOK), row));
      var standings = new ArrayList<Standing>();
      for (Webhook webhook : rows.select(sql, Webhooks.OFF_AT.isNull())) {
        Record row = claims.get(webhook.id());
        if (row != null) {
          standings.add(
              new Standing(
                  webhook,
                  row.get(Progresses.CLAIMS),
                  Instant.ofEpochMilli(row.get(Progresses.TAKEN_UNTIL))));
        }
      }
      return standings;
    });
  }

  @Override
  public int switchedOff() {
    return database.lookUp(sql -> sql.fetchCount(Webhooks.TABLE, Webhooks.OFF_AT.isNotNull()));
  }

  @Override
  public Optional<Progress> claim(String webhook, Instant now, Duration lease) {
    return database.write(sql -> {
      Record row =
          sql.select()
              .from(Progresses.TABLE)
              .where(Progresses.WEBHOOK.eq(webhook))
              .and(Progresses.TAKEN_UNTIL.le(now.toEpochMilli()))
              .fetchOne();
      if (row == null
          || !sql.fetchExists(
              Webhooks.TABLE, Webhooks.ID.eq(webhook).and(Webhooks.OFF_AT.isNull()))) {
        return Optional.empty();
      }
      long number = row.get(Progresses.CLAIMS) + 1;
      sql.update(Progresses.TABLE)
          .set(Progresses.CLAIMS, number)
          .set(Progresses.TAKEN_UNTIL, now.plus(lease).toEpochMilli())
          .where(Progresses.WEBHOOK.eq(webhook))
          .execute();
      return Optional.of(
          new Progress(
              webhook,
              number,
              FeedPlace.parse(row.get(Progresses.PLACE)).orElseThrow(),
              row.get(Progresses.SEQUENCE),
              row.get(Progresses.FAILURES),
              time(row.get(Progresses.FAILING_SINCE))));
    });
  }

  @Override
  public Set<String> write(List<Entry> entries, Instant now, Duration lease) {
    return database.write(sql -> {
      var lost = new HashSet<String>();
      for (Entry entry : entries) {
        if (!write(sql, entry, now.plus(lease))) {
          lost.add(entry.progress().webhook());
        }
      }
      return lost;
    });
  }

  private static boolean write(DSLContext sql, Entry entry, Instant until) {
    Progress progress = entry.progress();
    String webhook = progress.webhook();
    int own =
        sql.update(Progresses.TABLE)
            .set(Progresses.PLACE, progress.place().text())
            .set(Progresses.SEQUENCE, progress.sequence())
            .set(Progresses.FAILURES, progress.failures())
            .set(Progresses.FAILING_SINCE, millis(progress.failingSince()))
            .set(Progresses.TAKEN_UNTIL, entry.ending() == null ? until.toEpochMilli() : 0L)
            .where(is(webhook, progress.claim()))
            .execute();
    if (own == 0) {
      return false;
    }
    DeliveryRows.append(sql, entry.attempts());
    DeliveryRows.forget(sql, webhook, entry.settled());
    DeliveryRows.put(sql, webhook, entry.waiting());
    if (entry.ending() != null) {
      end(sql, webhook, entry.ending());
    }
    return true;
  }

  private static Condition is(String webhook, long claim) {
    return Progresses.WEBHOOK.eq(webhook).and(Progresses.CLAIMS.eq(claim));
  }

  /// The account's others are told.
  private static void end(DSLContext sql, String webhook, Ending ending) {
    int switched =
        sql.update(Webhooks.TABLE)
            .set(Webhooks.OFF_AT, ending.off().at().toEpochMilli())
            .set(Webhooks.OFF_REASON, ending.off().reason())
            .where(Webhooks.ID.eq(webhook), Webhooks.OFF_AT.isNull())
            .execute();
    if (switched == 0) {
      return;
    }
    Integer account =
        sql.select(Webhooks.ACCOUNT)
            .from(Webhooks.TABLE)
            .where(Webhooks.ID.eq(webhook))
            .fetchOne(Webhooks.ACCOUNT);
    List<String> others =
        sql.select(Webhooks.ID)
            .from(Webhooks.TABLE)
            .where(Webhooks.ACCOUNT.eq(account), Webhooks.OFF_AT.isNull())
            .fetch(Webhooks.ID);
    for (String other : others) {
      var notice =
          new Delivery(
              other, ending.noticeId(), ending.noticeType(), List.of(), 0, ending.noticeBody());
      Instant now = ending.off().at();
      DeliveryRows.put(sql, other, List.of(new Waiting(notice, 0, now, now, null)));
    }
  }

  @Override
  public void giveBack(Map<String, Long> claims) {
    database.write(sql -> {
      claims.forEach((webhook, claim) ->
          sql.update(Progresses.TABLE)
              .set(Progresses.TAKEN_UNTIL, 0L)
              .where(is(webhook, claim))
              .execute());
      return claims;
    });
  }

  @Override
  public List<Waiting> due(Set<String> webhooks, Instant now, int limit) {
    return database.lookUp(sql ->
        sql.select()
            .from(Waitings.TABLE)
            .where(Waitings.NEXT_AT.le(now.toEpochMilli()), Waitings.WEBHOOK.in(webhooks))
            .orderBy(Waitings.NEXT_AT, Waitings.SEQUENCE)
            .limit(limit)
            .fetch(DeliveryRows::waiting));
  }

  @Override
  public Map<String, Integer> waiting(Set<String> webhooks) {
    return database.lookUp(sql ->
        sql.select(Waitings.WEBHOOK, RowCount.rows())
            .from(Waitings.TABLE)
            .where(
                Waitings.NEXT_AT.isNotNull(),
                Waitings.RESEND.isNull(),
                Waitings.WEBHOOK.in(webhooks))
            .groupBy(Waitings.WEBHOOK)
            .fetchMap(row -> row.value1(), row -> Math.toIntExact(row.value2())));
  }
}
