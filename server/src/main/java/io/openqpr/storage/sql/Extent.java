package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import io.openqpr.storage.sql.Schema.Scans;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// The scans that match: how many, and from when to when in milliseconds, both included.
public record Extent(long rows, long first, long last) {

  public static Extent of(DSLContext sql, Condition matches) {
    var row =
        sql.select(RowCount.rows(), min(Scans.SCANNED_AT), max(Scans.SCANNED_AT))
            .from(Scans.TABLE)
            .where(matches)
            .fetchSingle();
    return row.value1() == 0
        ? new Extent(0, 0, 0)
        : new Extent(row.value1(), row.value2(), row.value3());
  }

  /// All of it, with this offset.
  public OffsetSlice at(long offset) {
    return new OffsetSlice(first, last + 1, offset);
  }
}
