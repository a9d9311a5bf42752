package io.openqpr.storage.sql;

import static io.openqpr.storage.sql.WebhookRows.millis;
import static io.openqpr.storage.sql.WebhookRows.time;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.openqpr.storage.sql.WebhookSchema.Attempts;
import io.openqpr.storage.sql.WebhookSchema.Progresses;
import io.openqpr.storage.sql.WebhookSchema.Resends;
import io.openqpr.storage.sql.WebhookSchema.Waitings;
import io.openqpr.storage.sql.WebhookSchema.Webhooks;
import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.WebhookStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Webhooks, on any engine.
public final class SqlWebhooks implements WebhookStore {

  private final Database database;
  private final WebhookRows rows = new WebhookRows();

  public SqlWebhooks(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Webhook webhook, FeedPlace from, int most) {
    return database.write(sql -> {
      if (sql.fetchCount(Webhooks.TABLE, Webhooks.ACCOUNT.eq(webhook.account())) >= most) {
        return false;
      }
      insert(sql, webhook, from, 0);
      return true;
    });
  }

  private static void insert(DSLContext sql, Webhook webhook, FeedPlace from, long sequence) {
    sql.insertInto(Webhooks.TABLE).set(WebhookRows.values(webhook)).execute();
    sql.insertInto(Progresses.TABLE)
        .set(Progresses.WEBHOOK, webhook.id())
        .set(Progresses.PLACE, from.text())
        .set(Progresses.SEQUENCE, sequence)
        .set(Progresses.FAILURES, 0)
        .set(Progresses.CLAIMS, 0L)
        .set(Progresses.TAKEN_UNTIL, 0L)
        .execute();
  }

  @Override
  public void restore(Webhook webhook, FeedPlace from, long sequence) {
    database.write(sql -> {
      if (!sql.fetchExists(Webhooks.TABLE, Webhooks.ID.eq(webhook.id()))) {
        insert(sql, webhook, from, sequence);
      }
      return webhook;
    });
  }

  @Override
  public Optional<Standing> standing(String webhook) {
    Condition again = Waitings.WEBHOOK.eq(webhook).and(Waitings.NEXT_AT.isNotNull());
    return database.read(sql ->
        sql.select(Progresses.PLACE, Progresses.SEQUENCE)
            .from(Progresses.TABLE)
            .where(Progresses.WEBHOOK.eq(webhook))
            .fetchOptional(row ->
                new Standing(
                    FeedPlace.parse(row.value1()).orElseThrow(),
                    row.value2(),
                    sql.fetchCount(Waitings.TABLE, again))));
  }

  @Override
  public List<Webhook> of(int account) {
    return database.read(sql -> rows.select(sql, Webhooks.ACCOUNT.eq(account)));
  }

  @Override
  public Optional<Webhook> find(int account, String id) {
    return database.lookUp(sql -> find(sql, account, id));
  }

  private Optional<Webhook> find(DSLContext sql, int account, String id) {
    return rows.select(sql, named(account, id)).stream().findFirst();
  }

  private static Condition named(int account, String id) {
    return Webhooks.ACCOUNT.eq(account).and(Webhooks.ID.eq(id));
  }

  @Override
  public Optional<Webhook> update(
      int account, String id, UnaryOperator<Webhook> change, @Nullable FeedPlace moveTo) {
    return database.write(sql -> {
      Optional<Webhook> before = find(sql, account, id);
      if (before.isEmpty()) {
        return before;
      }
      Webhook after = change.apply(before.get());
      sql.update(Webhooks.TABLE).set(WebhookRows.values(after)).where(named(account, id)).execute();
      if (!before.get().isActive() && after.isActive()) {
        resume(sql, id);
      }
      if (moveTo != null) {
        move(sql, id, moveTo);
      }
      return Optional.of(after);
    });
  }

  /// What was counted against it is over, and what waited is due.
  private static void resume(DSLContext sql, String id) {
    sql.update(Progresses.TABLE)
        .set(Progresses.FAILURES, 0)
        .setNull(Progresses.FAILING_SINCE)
        .where(Progresses.WEBHOOK.eq(id))
        .execute();
    sql.update(Waitings.TABLE)
        .set(Waitings.NEXT_AT, 0L)
        .where(Waitings.WEBHOOK.eq(id), Waitings.NEXT_AT.isNotNull())
        .execute();
  }

  /// Whoever sends it learns by its claim that it must begin anew.
  private static void move(DSLContext sql, String id, FeedPlace place) {
    sql.update(Progresses.TABLE)
        .set(Progresses.PLACE, place.text())
        .set(Progresses.CLAIMS, Progresses.CLAIMS.plus(1L))
        .set(Progresses.TAKEN_UNTIL, 0L)
        .where(Progresses.WEBHOOK.eq(id))
        .execute();
    sql.update(Waitings.TABLE)
        .setNull(Waitings.NEXT_AT)
        .where(Waitings.WEBHOOK.eq(id), Waitings.NEXT_AT.isNotNull())
        .execute();
  }

  @Override
  public boolean remove(int account, String id) {
    return database.write(sql -> {
      if (sql.deleteFrom(Webhooks.TABLE).where(named(account, id)).execute() == 0) {
        return false;
      }
      sql.deleteFrom(Progresses.TABLE).where(Progresses.WEBHOOK.eq(id)).execute();
      sql.deleteFrom(Waitings.TABLE).where(Waitings.WEBHOOK.eq(id)).execute();
      sql.deleteFrom(Attempts.TABLE).where(Attempts.WEBHOOK.eq(id)).execute();
      sql.deleteFrom(Resends.TABLE).where(Resends.WEBHOOK.eq(id)).execute();
      return true;
    });
  }

  @Override
  public List<Attempt> attempts(AttemptFilter filter, int limit, @Nullable Behind behind) {
    Condition condition =
        Attempts.WEBHOOK
            .eq(filter.webhook())
            .and(
                filter.state() == null
                    ? noCondition()
                    : Attempts.STATE.eq(filter.state().ordinal()))
            .and(filter.type() == null ? noCondition() : hasType(filter.type()))
            .and(
                filter.since() == null
                    ? noCondition()
                    : Attempts.STARTED_AT.gt(filter.since().toEpochMilli()))
            .and(
                filter.until() == null
                    ? noCondition()
                    : Attempts.STARTED_AT.lt(filter.until().toEpochMilli()))
            .and(
                behind == null
                    ? noCondition()
                    : row(Attempts.STARTED_AT, Attempts.ID)
                        .lessThan(behind.time().toEpochMilli(), behind.id()));
    return database.read(sql ->
        sql.select()
            .from(Attempts.TABLE)
            .where(condition)
            .orderBy(Attempts.STARTED_AT.desc(), Attempts.ID.desc())
            .limit(limit)
            .fetch(DeliveryRows::attempt));
  }

  private static Condition hasType(String type) {
    return concat(inline(" "), Attempts.TYPES, inline(" ")).contains(" " + type + " ");
  }

  @Override
  public Optional<Attempt> attempt(String webhook, String id) {
    return database.read(sql ->
        sql.select()
            .from(Attempts.TABLE)
            .where(Attempts.WEBHOOK.eq(webhook), Attempts.ID.eq(id))
            .fetchOptional(DeliveryRows::attempt));
  }

  @Override
  public void resend(Waiting delivery) {
    database.write(sql -> {
      DeliveryRows.put(sql, delivery.delivery().webhook(), List.of(delivery));
      return delivery;
    });
  }

  @Override
  public Resend resendFailed(
      String webhook, String id, @Nullable Instant since, @Nullable Instant until, Instant now) {
    Condition failed =
        Waitings.WEBHOOK
            .eq(webhook)
            .and(Waitings.NEXT_AT.isNull().or(Waitings.ATTEMPTS.gt(0)))
            .and(since == null ? noCondition() : Waitings.CREATED_AT.gt(millis(since)))
            .and(until == null ? noCondition() : Waitings.CREATED_AT.lt(millis(until)));
    return database.write(sql -> {
      long total =
          sql.update(Waitings.TABLE)
              .set(Waitings.NEXT_AT, now.toEpochMilli())
              .set(Waitings.ATTEMPTS, 0)
              .set(Waitings.RESEND, id)
              .where(failed)
              .execute();
      sql.insertInto(Resends.TABLE)
          .set(Resends.WEBHOOK, webhook)
          .set(Resends.ID, id)
          .set(Resends.CREATED_AT, now.toEpochMilli())
          .set(Resends.SINCE, millis(since))
          .set(Resends.UNTIL, millis(until))
          .set(Resends.TOTAL, total)
          .execute();
      return new Resend(id, now, since, until, total, total, 0);
    });
  }

  @Override
  public Optional<Resend> resend(String webhook, String id) {
    Condition ofIt = Waitings.WEBHOOK.eq(webhook).and(Waitings.RESEND.eq(id));
    return database.read(sql ->
        sql.select()
            .from(Resends.TABLE)
            .where(Resends.WEBHOOK.eq(webhook), Resends.ID.eq(id))
            .fetchOptional(found ->
                new Resend(
                    id,
                    Instant.ofEpochMilli(found.get(Resends.CREATED_AT)),
                    time(found.get(Resends.SINCE)),
                    time(found.get(Resends.UNTIL)),
                    found.get(Resends.TOTAL),
                    sql.fetchCount(Waitings.TABLE, ofIt.and(Waitings.NEXT_AT.isNotNull())),
                    sql.fetchCount(Waitings.TABLE, ofIt.and(Waitings.NEXT_AT.isNull())))));
  }

  @Override
  public long trim(Instant before, int most) {
    return database.write(sql -> WebhookTrimming.trim(sql, before, most));
  }
}
