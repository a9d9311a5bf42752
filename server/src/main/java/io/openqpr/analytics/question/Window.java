package io.openqpr.analytics.question;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A stretch of time on the clock of a zone.
///
/// @param from included
/// @param until not included; `null` where it goes on until now, and beyond
/// @param now the moment of the answer
/// @param step how far back the one before it is, on the calendar; `null` where that is as many
///   seconds as it is long
record Window(
    Instant from, @Nullable Instant until, Instant now, ZoneId zone, @Nullable Period step) {

  private static final int DAYS_A_WEEK = 7;

  /// @param first where the history begins
  static Window of(AskedRange range, Instant first, ZoneId zone, Instant now) {
    LocalDate today = Timeline.dayOf(now, zone);
    if (range.period() == null) {
      return custom(
          range.since() == null
              ? Timeline.midnight(Timeline.dayOf(first, zone), zone)
              : range.since(),
          range.until(),
          zone,
          now);
    }
    return switch (range.period()) {
      case WEEK, MONTH, QUARTER, TODAY ->
          since(
              today.minusDays(range.period().days() - 1L),
              Period.ofDays(range.period().days()),
              zone,
              now);
      case ALL -> since(Timeline.dayOf(first, zone), Period.ZERO, zone, now);
      case YESTERDAY ->
          new Window(
              Timeline.midnight(today.minusDays(1), zone),
              Timeline.midnight(today, zone),
              now,
              zone,
              Period.ofDays(1));
      case DAY -> new Window(now.minus(Duration.ofHours(24)), null, now, zone, Period.ofDays(1));
      case MONTH_TO_DATE -> since(today.withDayOfMonth(1), Period.ofMonths(1), zone, now);
      case YEAR_TO_DATE -> since(today.withDayOfYear(1), Period.ofYears(1), zone, now);
      case YEAR -> since(today.withDayOfMonth(1).minusMonths(11), Period.ofYears(1), zone, now);
    };
  }

  private static Window since(LocalDate day, Period step, ZoneId zone, Instant now) {
    return new Window(Timeline.midnight(day, zone), null, now, zone, step);
  }

  /// Whole days are a step of days, whatever clocks do meanwhile.
  private static Window custom(Instant from, @Nullable Instant until, ZoneId zone, Instant now) {
    Instant end = until == null ? now : until;
    LocalDate first = Timeline.dayOf(from, zone);
    boolean whole =
        Timeline.midnight(first, zone).equals(from)
            && (until == null
                || Timeline.midnight(Timeline.dayOf(until, zone), zone).equals(until));
    LocalDate behind = Timeline.dayOf(end, zone);
    long days = behind.toEpochDay() - first.toEpochDay() + (until == null ? 1 : 0);
    return new Window(from, until, now, zone, whole ? Period.ofDays((int) days) : null);
  }

  /// Its last moment that has come.
  Instant end() {
    return until == null ? now : until;
  }

  Timeline timeline(@Nullable Granularity granularity) {
    Granularity width =
        granularity == null ? Granularity.fitting(Duration.between(from, end())) : granularity;
    return until == null
        ? Timeline.going(width, zone, from, now)
        : Timeline.between(width, zone, from, until);
  }

  /// The window before this one, for as long as this one has lasted, to the same local time.
  ///
  /// @param byWeekday whether it begins on the same weekday
  Window before(boolean byWeekday) {
    if (step == null) {
      Duration length = Duration.between(from, end());
      return byWeekday
          ? back(Period.ofDays((int) weeks(length.toDays() + 1)))
          : new Window(from.minus(length), from, now, zone, null);
    }
    if (!byWeekday) {
      return back(step);
    }
    LocalDate first = Timeline.dayOf(from, zone);
    return back(Period.ofDays((int) weeks(first.toEpochDay() - first.minus(step).toEpochDay())));
  }

  /// The same a year ago.
  Window yearBefore(boolean byWeekday) {
    return back(byWeekday ? Period.ofDays(52 * DAYS_A_WEEK) : Period.ofYears(1));
  }

  private static long weeks(long days) {
    return Math.ceilDiv(days, DAYS_A_WEEK) * DAYS_A_WEEK;
  }

  private Window back(Period by) {
    Instant start = back(from, by);
    Instant stop = back(end(), by);
    return new Window(start, stop.isAfter(start) ? stop : start.plusMillis(1), now, zone, by);
  }

  /// A midnight stays one where clocks are changed over it.
  private Instant back(Instant time, Period by) {
    LocalDate day = Timeline.dayOf(time, zone);
    return Timeline.midnight(day, zone).equals(time)
        ? Timeline.midnight(day.minus(by), zone)
        : time.atZone(zone).minus(by).toInstant();
  }
}
