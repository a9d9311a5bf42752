package io.openqpr.storage.duckdb;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import io.openqpr.storage.sql.RowCount;
import io.openqpr.storage.sql.Schema.Scans;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Result;

/// A stretch of time that is likely to hold a page, so that DuckDB, which has no index by time,
/// need neither read nor sort the whole table for fifty rows: it skips the blocks of other times.
///
/// @param from milliseconds, included
/// @param until milliseconds, not included
/// @param skip rows of the stretch, newest first, that come before the page
/// @param rowsAMilli how many rows there are in a millisecond, on the average of all that match
/// @param earliest nothing that matches is older
record TimeWindow(long from, long until, long skip, double rowsAMilli, long earliest) {

  /// Rows that are sorted in no time.
  static final int SORTED_EASILY = 5_000;

  /// Into how many slices time is cut to find an offset.
  private static final int SLICES = 1_000;

  /// How much more than the average says, so that the first look is usually enough.
  private static final int GENEROSITY = 4;

  private static final int WIDER = 16;

  /// Ends at the time, which is included.
  static TimeWindow upTo(DSLContext sql, Condition matches, Instant time) {
    Extent extent = Extent.of(sql, matches);
    return at(extent, Math.min(extent.last(), time.toEpochMilli()) + 1, 0);
  }

  /// Ends where the newest `offset` rows have been skipped, nearly: counts by slices of time, then
  /// by slices of the slice in which the offset lies.
  ///
  /// @param offset less than what matches
  static TimeWindow atOffset(DSLContext sql, Condition matches, long offset) {
    Extent extent = Extent.of(sql, matches);
    long from = extent.first();
    long until = extent.last() + 1;
    long skip = offset;
    while (skip > SORTED_EASILY && until - from > 1) {
      long width = Math.ceilDiv(until - from, SLICES);
      long start = from;
      long end = until;
      for (Record2<Long, Long> slice : slices(sql, matches, from, until, width)) {
        from = start + slice.value1() * width;
        // Behind the last slice, which may be cut short, are rows that have been skipped already.
        until = Math.min(end, from + width);
        if (slice.value2() > skip) {
          break;
        }
        skip -= slice.value2();
      }
    }
    return at(extent, until, skip);
  }

  private static TimeWindow at(Extent extent, long until, long skip) {
    double rowsAMilli = (double) extent.rows() / (extent.last() - extent.first() + 1);
    return new TimeWindow(until, until, skip, rowsAMilli, extent.first());
  }

  /// Newest first; empty ones are left out.
  private static Result<Record2<Long, Long>> slices(
      DSLContext sql, Condition matches, long from, long until, long width) {
    Field<Long> slice =
        function("divide", Long.class, Scans.SCANNED_AT.minus(inline(from)), inline(width));
    return sql.select(slice, RowCount.rows())
        .from(Scans.TABLE)
        .where(matches, Scans.SCANNED_AT.ge(inline(from)), Scans.SCANNED_AT.lt(inline(until)))
        .groupBy(slice)
        .orderBy(slice.desc())
        .fetch();
  }

  TimeWindow wideEnoughFor(int limit) {
    return wide((long) Math.ceil((skip + limit) * GENEROSITY / rowsAMilli));
  }

  TimeWindow wider() {
    return wide((until - from) * WIDER);
  }

  private TimeWindow wide(long millis) {
    return new TimeWindow(
        Math.max(earliest, until - Math.min(millis, until - earliest)),
        until,
        skip,
        rowsAMilli,
        earliest);
  }

  boolean holdsAll() {
    return from <= earliest;
  }

  Condition condition() {
    return Scans.SCANNED_AT.ge(inline(from)).and(Scans.SCANNED_AT.lt(inline(until)));
  }

  /// What matches: how much, and from when to when.
  private record Extent(long rows, long first, long last) {

    static Extent of(DSLContext sql, Condition matches) {
      var row =
          sql.select(RowCount.rows(), min(Scans.SCANNED_AT), max(Scans.SCANNED_AT))
              .from(Scans.TABLE)
              .where(matches)
              .fetchSingle();
      return row.value1() == 0
          ? new Extent(0, 0, 0)
          : new Extent(row.value1(), row.value2(), row.value3());
    }
  }
}
