package io.openqpr.storage.sql;

import io.openqpr.storage.sql.Schema.Scans;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// Rows by time descending, then id descending.
public final class NewestFirst {

  private NewestFirst() {}

  /// With the columns of [ScanRows].
  public static List<? extends Record> scans(
      DSLContext sql, Condition matches, int limit, long offset) {
    return rows(sql, Scans.TABLE, ScanRows.COLUMNS, matches, limit, offset);
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
        .orderBy(Scans.SCANNED_AT.desc(), Scans.ID.desc())
        .limit(limit)
        .offset(offset)
        .fetch();
  }
}
