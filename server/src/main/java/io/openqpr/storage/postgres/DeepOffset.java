package io.openqpr.storage.postgres;

import io.openqpr.storage.sql.Extent;
import io.openqpr.storage.sql.OffsetSlice;
import io.openqpr.storage.sql.RowCount;
import io.openqpr.storage.sql.ScanConditions;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.ScanFilter;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Where a deep offset lies. By itself the database reads all rows before it; on Citus each part of
/// the table hands all of them over, to be sorted by the coordinator. Counts lead there instead:
/// for a whole account those of [ScanCounts] to the stretch, and within it, or for any other
/// filter, counts by slices of time.
final class DeepOffset {

  /// Rows that are skipped in no time, though each part of the table hands over as many.
  static final int SKIPPED_EASILY = 500;

  private DeepOffset() {}

  /// @param matches the filter in SQL
  /// @param offset less than what matches
  static OffsetSlice of(DSLContext sql, ScanFilter filter, Condition matches, long offset) {
    boolean counted = filter.code() == null && filter.visit().isAny();
    OffsetSlice slice =
        counted ? byCounts(sql, filter, matches, offset) : Extent.of(sql, matches).at(offset);
    return slice.narrowed(sql, matches, SKIPPED_EASILY);
  }

  private static OffsetSlice byCounts(
      DSLContext sql, ScanFilter filter, Condition matches, long offset) {
    long countedUntil = ScanCounts.until(sql);
    long until = filter.until() == null ? Long.MAX_VALUE : ScanConditions.roundedUp(filter.until());
    // What is newer than the last whole stretch is counted now.
    long end =
        until >= countedUntil ? ScanCounts.stretchFrom(countedUntil) : ScanCounts.stretchOf(until);
    long edge = until >= countedUntil ? countedUntil : ScanCounts.startOf(end);
    Condition behind = matches.and(Scans.SCANNED_AT.ge(edge));
    long newer = RowCount.of(sql, Scans.TABLE, behind);
    if (offset < newer) {
      return Extent.of(sql, behind).at(offset);
    }
    return ScanCounts.stretchAt(sql, filter.account(), end, offset - newer)
        .map(at ->
            new OffsetSlice(
                ScanCounts.startOf(at.stretch()),
                Math.min(edge, ScanCounts.startOf(at.stretch() + 1)),
                at.skip()))
        .orElseGet(() -> Extent.of(sql, matches).at(offset));
  }
}
