package io.openqpr.storage.sql;

import io.openqpr.storage.sql.WebhookSchema.Attempts;
import io.openqpr.storage.sql.WebhookSchema.Resends;
import io.openqpr.storage.sql.WebhookSchema.Waitings;
import io.openqpr.storage.store.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// Keeps what is kept of deliveries within its bounds.
final class WebhookTrimming {

  private WebhookTrimming() {}

  static long trim(DSLContext sql, Instant before, int most) {
    long oldest = before.toEpochMilli();
    sql.deleteFrom(Attempts.TABLE).where(Attempts.STARTED_AT.lt(oldest)).execute();
    sql.deleteFrom(Resends.TABLE).where(Resends.CREATED_AT.lt(oldest)).execute();
    Condition givenUp = Waitings.NEXT_AT.isNull();
    sql.deleteFrom(Waitings.TABLE).where(givenUp, Waitings.CREATED_AT.lt(oldest)).execute();
    Condition succeeded = Attempts.STATE.eq(Attempt.State.SUCCEEDED.ordinal());
    bound(sql, Attempts.TABLE, Attempts.WEBHOOK, Attempts.STARTED_AT, succeeded, most);
    bound(sql, Attempts.TABLE, Attempts.WEBHOOK, Attempts.STARTED_AT, succeeded.not(), most);
    return bound(sql, Waitings.TABLE, Waitings.WEBHOOK, Waitings.CREATED_AT, givenUp, most);
  }

  /// Leaves so many of each webhook, the newest, and those of the same moment as the last of them.
  private static long bound(
      DSLContext sql,
      Table<Record> table,
      Field<String> webhook,
      Field<Long> time,
      Condition which,
      int most) {
    long deleted = 0;
    List<String> busy =
        sql.select(webhook)
            .from(table)
            .where(which)
            .groupBy(webhook)
            .having(RowCount.rows().gt((long) most))
            .fetch(webhook);
    for (String one : busy) {
      Long last =
          sql.select(time)
              .from(table)
              .where(which, webhook.eq(one))
              .orderBy(time.desc())
              .limit(1)
              .offset(most - 1)
              .fetchOne(time);
      deleted +=
          sql.deleteFrom(table)
              .where(which, webhook.eq(one), time.lt(Objects.requireNonNull(last)))
              .execute();
    }
    return deleted;
  }
}
