package io.openqpr.analytics.question;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/// The width of a time series' buckets, finest first. Shown by lower-case name.
enum Granularity {
  HOUR(1),
  DAY(24),
  WEEK(7 * 24),
  MONTH(730),
  QUARTER(2_190),
  YEAR(8_760);

  private final int hours;

  Granularity(int hours) {
    this.hours = hours;
  }

  /// As long as one is, about.
  int hours() {
    return hours;
  }

  /// One in which a window of this length is some dozens of buckets.
  static Granularity fitting(Duration length) {
    long days = length.toDays();
    if (days <= 2) {
      return HOUR;
    }
    return days <= 92 ? DAY : days <= 732 ? WEEK : days <= 12 * 366 ? MONTH : YEAR;
  }

  /// The first day of the bucket that has this day.
  LocalDate begin(LocalDate day) {
    return switch (this) {
      case HOUR, DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  /// The first day of the bucket behind the one that begins on this day.
  LocalDate next(LocalDate begin) {
    return switch (this) {
      case HOUR, DAY -> begin.plusDays(1);
      case WEEK -> begin.plusWeeks(1);
      case MONTH -> begin.plusMonths(1);
      case QUARTER -> begin.plusMonths(3);
      case YEAR -> begin.plusYears(1);
    };
  }
}
