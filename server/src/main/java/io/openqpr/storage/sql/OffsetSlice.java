package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;

import io.openqpr.storage.sql.Schema.Scans;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.Result;

/// The slice of time in which an offset lies, newest first: found by counts, so that the rows
/// before it need neither be sorted nor handed over.
///
/// @param from milliseconds, included
/// @param until milliseconds, not included
/// @param skip rows of the slice that come before the offset
public record OffsetSlice(long from, long until, long skip) {

  /// Into how many slices time is cut at once.
  private static final int SLICES = 1_000;

  /// A slice of this one, with no more rows to skip than that where scans do not crowd into one
  /// millisecond: by slices, then by slices of the slice in which the offset lies.
  ///
  /// @param matches which rows are counted; of those in here more than are to be skipped
  public OffsetSlice narrowed(DSLContext sql, Condition matches, long easily) {
    OffsetSlice slice = this;
    while (slice.skip > easily && slice.until - slice.from > 1) {
      slice = slice.part(sql, matches);
    }
    return slice;
  }

  private OffsetSlice part(DSLContext sql, Condition matches) {
    long width = Math.ceilDiv(until - from, SLICES);
    long left = skip;
    OffsetSlice part = this;
    for (Record2<Long, Long> slice : slices(sql, matches, width)) {
      long start = from + slice.value1() * width;
      // Behind the last slice, which may be cut short, are rows that have been skipped already.
      part = new OffsetSlice(start, Math.min(until, start + width), left);
      if (slice.value2() > left) {
        break;
      }
      left -= slice.value2();
    }
    return part;
  }

  /// Newest first; empty ones are left out.
  private Result<Record2<Long, Long>> slices(DSLContext sql, Condition matches, long width) {
    var slice = EngineField.quotient(Scans.SCANNED_AT.minus(inline(from)), width);
    return sql.select(slice, RowCount.rows())
        .from(Scans.TABLE)
        .where(matches, Scans.SCANNED_AT.ge(inline(from)), Scans.SCANNED_AT.lt(inline(until)))
        .groupBy(slice)
        .orderBy(slice.desc())
        .fetch();
  }
}
