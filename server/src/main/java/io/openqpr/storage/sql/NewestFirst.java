package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.SQLDataType.BIGINT;

import io.openqpr.storage.sql.Schema.Scans;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;

/// Rows by time descending, then id descending.
public final class NewestFirst {

  /// Instead of bytes.
  public static final long NO_LIMIT = Long.MAX_VALUE;

  private static final Field<Long> WEIGHT = field(name("weight"), BIGINT);
  private static final Field<Long> SO_FAR = field(name("so_far"), BIGINT);
  private static final List<OrderField<?>> ORDER =
      List.of(Scans.SCANNED_AT.desc(), Scans.ID.desc());

  private NewestFirst() {}

  /// With the columns of [ScanRows].
  public static List<? extends Record> scans(
      DSLContext sql, Condition matches, int limit, long offset) {
    return rows(sql, Scans.TABLE, ScanRows.COLUMNS, matches, limit, offset);
  }

  /// As [#scans], but no more than until they weigh so many bytes of the heap; one at least. The
  /// others never leave the engine.
  public static SomeRows scansWithin(DSLContext sql, Condition matches, int limit, long bytes) {
    if (bytes == NO_LIMIT) {
      return new SomeRows(scans(sql, matches, limit, 0), false);
    }
    var newest =
        sql.select(ScanRows.COLUMNS)
            .select(ScanRows.WEIGHT.as(WEIGHT))
            .from(Scans.TABLE)
            .where(matches)
            .orderBy(ORDER)
            .limit(limit);
    var weighed =
        sql.select(asterisk())
            .select(
                sum(WEIGHT).over(orderBy(ORDER).rowsUnboundedPreceding()).cast(BIGINT).as(SO_FAR))
            .from(newest.asTable("newest"));
    var rows =
        sql.select(ScanRows.COLUMNS)
            .select(SO_FAR)
            .from(weighed.asTable("weighed"))
            .where(SO_FAR.minus(WEIGHT).lt(bytes))
            .orderBy(ORDER)
            .fetch();
    return new SomeRows(rows, !rows.isEmpty() && rows.getLast().get(SO_FAR) >= bytes);
  }

  static List<? extends Record> rows(
      DSLContext sql,
      Table<Record> table,
      List<Field<?>> columns,
      Condition matches,
      int limit,
      long offset) {
    return sql.select(columns)
        .from(table)
        .where(matches)
        .orderBy(ORDER)
        .limit(limit)
        .offset(offset)
        .fetch();
  }
}
