package io.openqpr.storage.duckdb;

import static org.jooq.impl.DSL.inline;

import io.openqpr.storage.sql.Extent;
import io.openqpr.storage.sql.OffsetSlice;
import io.openqpr.storage.sql.Schema.Scans;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;

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

  /// How much more than the average says, so that the first look is usually enough.
  private static final int GENEROSITY = 4;

  private static final int WIDER = 16;

  /// Ends at the time, which is included.
  static TimeWindow upTo(DSLContext sql, Condition matches, Instant time) {
    Extent extent = Extent.of(sql, matches);
    return at(extent, Math.min(extent.last(), time.toEpochMilli()) + 1, 0);
  }

  /// Ends where the newest `offset` rows have been skipped, nearly.
  ///
  /// @param offset less than what matches
  static TimeWindow atOffset(DSLContext sql, Condition matches, long offset) {
    Extent extent = Extent.of(sql, matches);
    OffsetSlice slice = extent.at(offset).narrowed(sql, matches, SORTED_EASILY);
    return at(extent, slice.until(), slice.skip());
  }

  private static TimeWindow at(Extent extent, long until, long skip) {
    double rowsAMilli = (double) extent.rows() / (extent.last() - extent.first() + 1);
    return new TimeWindow(until, until, skip, rowsAMilli, extent.first());
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
}
