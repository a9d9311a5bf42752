package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import io.openqpr.model.Conversation.Status;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Counts;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/// [Counts] in SQL.
final class SqlCounts {

  static final Field<Long> SCANS = Schema.column("n_scans", SQLDataType.BIGINT);
  static final Field<Long> DEVICES = Schema.column("n_devices", SQLDataType.BIGINT);
  static final Field<Long> CONVERSATIONS = Schema.column("n_conversations", SQLDataType.BIGINT);
  static final Field<Long> MESSAGES = Schema.column("n_messages", SQLDataType.BIGINT);
  private static final Field<Long> FIRST = Schema.column("n_first", SQLDataType.BIGINT);
  private static final Field<Long> THREE = Schema.column("n_three", SQLDataType.BIGINT);
  private static final Field<Long> TEN = Schema.column("n_ten", SQLDataType.BIGINT);
  private static final Field<Long> COMPLETED = Schema.column("n_completed", SQLDataType.BIGINT);

  private SqlCounts() {}

  /// Of rows with the columns that are needed here, or of each of their groups.
  static List<Field<Long>> fields() {
    return fields(countDistinct(Scans.DEVICE_KEY).cast(SQLDataType.BIGINT));
  }

  private static List<Field<Long>> fields(Field<Long> devices) {
    return List.of(
        RowCount.rows().as(SCANS),
        devices.as(DEVICES),
        those(Scans.CONVERSATION.gt(inline(0))).as(CONVERSATIONS),
        coalesce(sum(Scans.MESSAGES).cast(SQLDataType.BIGINT), inline(0L)).as(MESSAGES),
        those(Scans.MESSAGES.ge(inline(Counts.FIRST))).as(FIRST),
        those(Scans.MESSAGES.ge(inline(Counts.THREE))).as(THREE),
        those(Scans.MESSAGES.ge(inline(Counts.TEN))).as(TEN),
        those(Scans.CONVERSATION.eq(inline(Status.COMPLETED.ordinal()))).as(COMPLETED));
  }

  private static Field<Long> those(Condition which) {
    return coalesce(
        sum(when(which, inline(1)).otherwise(inline(0))).cast(SQLDataType.BIGINT), inline(0L));
  }

  /// Under the names that [#fields] give them.
  static List<Field<Long>> names() {
    return List.of(SCANS, DEVICES, CONVERSATIONS, MESSAGES, FIRST, THREE, TEN, COMPLETED);
  }

  static Counts read(Record row) {
    return new Counts(
        row.get(SCANS),
        row.get(DEVICES),
        row.get(CONVERSATIONS),
        row.get(MESSAGES),
        row.get(FIRST),
        row.get(THREE),
        row.get(TEN),
        row.get(COMPLETED));
  }

  static Counts of(DSLContext sql, Condition matches) {
    return read(sql.select(fields()).from(Scans.TABLE).where(matches).fetchSingle());
  }

  /// @param devices how many there are
  static Counts of(DSLContext sql, Condition matches, Field<Long> devices) {
    return read(sql.select(fields(devices)).from(Scans.TABLE).where(matches).fetchSingle());
  }
}
