package io.openqpr.storage.postgres;

import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.NavigableMap;

/// The time whose scans are in one table: a month of this year, the last or the next; any other
/// year as a whole. So a table stays small while many scans come into it, and a handful of them
/// hold whatever an import brings: each costs locks in every question that looks into it.
///
/// @param name of the table
/// @param from milliseconds, included
/// @param until milliseconds, not included
record TimeRange(String name, long from, long until) {

  /// @param known tables that are there, from and until: a year with months in it gets more months
  static TimeRange of(long millis, NavigableMap<Long, Long> known, Instant now) {
    YearMonth month = YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    TimeRange year = of(Year.of(month.getYear()));
    boolean near = Math.abs(month.getYear() - now.atOffset(ZoneOffset.UTC).getYear()) <= 1;
    return near || year.overlaps(known) ? of(month) : year;
  }

  private static TimeRange of(Year year) {
    return new TimeRange(
        name(year.toString()), start(year.atMonth(1)), start(year.plusYears(1).atMonth(1)));
  }

  private static TimeRange of(YearMonth month) {
    return new TimeRange(name(month.toString()), start(month), start(month.plusMonths(1)));
  }

  /// Years before Christ have a minus, which a name cannot have.
  private static String name(String time) {
    return "scans_" + time.replace("-", "_");
  }

  private static long start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /// When the month after this time begins.
  static long nextMonth(long millis) {
    return start(
        YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC)).plusMonths(1));
  }

  private boolean overlaps(NavigableMap<Long, Long> known) {
    var before = known.lowerEntry(until);
    return before != null && before.getValue() > from;
  }
}
