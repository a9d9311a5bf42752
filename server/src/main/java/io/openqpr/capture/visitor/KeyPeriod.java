package io.openqpr.capture.visitor;

import io.openqpr.platform.config.DeviceRotation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// How long one secret makes device keys.
///
/// @param name such as `2026`, `2026-11` or `2026-11-24`
/// @param from epoch milliseconds, included
/// @param until epoch milliseconds, not included
record KeyPeriod(String name, long from, long until) {

  /// The one that holds the time.
  static KeyPeriod of(DeviceRotation rotation, long millis) {
    LocalDate day = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
    return switch (rotation) {
      case YEARLY -> {
        LocalDate first = day.withDayOfYear(1);
        yield between("%04d".formatted(day.getYear()), first, first.plusYears(1));
      }
      case MONTHLY -> {
        LocalDate first = day.withDayOfMonth(1);
        yield between(YearMonth.from(day).toString(), first, first.plusMonths(1));
      }
      case DAILY -> between(day.toString(), day, day.plusDays(1));
    };
  }

  private static KeyPeriod between(String name, LocalDate first, LocalDate next) {
    return new KeyPeriod(name, midnight(first), midnight(next));
  }

  private static long midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  boolean holds(long millis) {
    return from <= millis && millis < until;
  }
}
