package io.openqpr.storage.postgres;

import static org.jooq.impl.DSL.noCondition;

import io.openqpr.storage.sql.RowCount;
import io.openqpr.storage.sql.ScanConditions;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.ScanFilter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// How many scans there are: by [ScanCounts] as far as they go, and by counting the others. To be
/// asked in a transaction that sees one moment.
final class Totals {

  private static final Range ALWAYS = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

  private Totals() {}

  /// Milliseconds from the first on, and before the second.
  private record Range(long from, long until) {

    static Range of(ScanFilter filter) {
      return new Range(
          filter.since() == null ? ALWAYS.from : filter.since().toEpochMilli() + 1,
          filter.until() == null ? ALWAYS.until : ScanConditions.roundedUp(filter.until()));
    }

    Condition holds() {
      Condition holds = noCondition();
      holds = from == ALWAYS.from ? holds : holds.and(Scans.SCANNED_AT.ge(from));
      return until == ALWAYS.until ? holds : holds.and(Scans.SCANNED_AT.lt(until));
    }
  }

  static long of(DSLContext sql, ScanFilter filter) {
    Range range = Range.of(filter);
    if (filter.code() == null) {
      return ofAccount(sql, filter.account(), range);
    }
    if (range.equals(ALWAYS)) {
      return ofCodes(sql, filter.account(), List.of(filter.code())).getOrDefault(filter.code(), 0L);
    }
    return counted(
        sql, Scans.ACCOUNT.eq(filter.account()).and(Scans.CODE.eq(filter.code())), range);
  }

  /// Whole stretches by their counts, and what lies before and behind them scan by scan.
  private static long ofAccount(DSLContext sql, int number, Range range) {
    long countedUntil = ScanCounts.until(sql);
    boolean beyondCounts = range.until >= countedUntil;
    long first = ScanCounts.stretchFrom(range.from);
    long end =
        beyondCounts
            ? ScanCounts.stretchFrom(countedUntil) // the last may end early: all it has is counted
            : ScanCounts.stretchOf(range.until);
    Condition account = Scans.ACCOUNT.eq(number);
    if (first >= end) {
      return counted(sql, account, range);
    }
    var before = new Range(range.from, ScanCounts.startOf(first));
    var behind = new Range(beyondCounts ? countedUntil : ScanCounts.startOf(end), range.until);
    return counted(sql, account, before)
        + ScanCounts.ofStretches(sql, number, first, end)
        + counted(sql, account, behind);
  }

  /// Codes without scans are absent.
  static Map<Integer, Long> ofCodes(DSLContext sql, int account, Collection<Integer> codes) {
    var totals = new HashMap<>(ScanCounts.ofCodes(sql, account, codes));
    Condition newer =
        Scans.ACCOUNT
            .eq(account)
            .and(Scans.CODE.in(codes))
            .and(Scans.SCANNED_AT.ge(ScanCounts.until(sql)));
    sql.select(Scans.CODE, RowCount.rows())
        .from(Scans.TABLE)
        .where(newer)
        .groupBy(Scans.CODE)
        .forEach(row -> totals.merge(row.value1(), row.value2(), Long::sum));
    return totals;
  }

  private static long counted(DSLContext sql, Condition which, Range range) {
    return range.from >= range.until ? 0 : RowCount.of(sql, Scans.TABLE, which.and(range.holds()));
  }
}
