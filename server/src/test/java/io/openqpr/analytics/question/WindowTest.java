package io.openqpr.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Windows and those before them, compared with what `ZonedDateTime` says.
class WindowTest {

  private static final Instant FIRST = Instant.parse("2010-07-04T13:14:15Z");

  /// Apia's lost day and the leap day of 2012 lie between, and clocks are changed twice.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
      })
  void windowsBeginAndEndAsTheLocalCalendarSays(String name) {
    ZoneId zone = ZoneId.of(name);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(12);
    for (int i = 0; i < 2_000; i++) {
      Instant now = Instant.ofEpochSecond(random.nextLong(1_310_000_000, 1_345_000_000));
      ZonedDateTime local = now.atZone(zone);
      LocalDate today = local.toLocalDate();
      expect(Period.TODAY, now, zone, today, today.minusDays(1), local.minusDays(1));
      expect(Period.WEEK, now, zone, today.minusDays(6), today.minusDays(13), local.minusDays(7));
      expect(
          Period.MONTH, now, zone, today.minusDays(29), today.minusDays(59), local.minusDays(30));
      LocalDate month = today.withDayOfMonth(1);
      expect(Period.MONTH_TO_DATE, now, zone, month, month.minusMonths(1), local.minusMonths(1));
      LocalDate year = today.withDayOfYear(1);
      expect(Period.YEAR_TO_DATE, now, zone, year, year.minusYears(1), local.minusYears(1));
      LocalDate twelve = month.minusMonths(11);
      expect(Period.YEAR, now, zone, twelve, twelve.minusYears(1), local.minusYears(1));

      Window yesterday = of(Period.YESTERDAY, now, zone);
      assertThat(yesterday.from()).isEqualTo(midnight(today.minusDays(1), zone));
      assertThat(yesterday.until()).isEqualTo(midnight(today, zone));
      Window day = of(Period.DAY, now, zone);
      assertThat(day.from()).isEqualTo(now.minus(Duration.ofHours(24)));
      assertThat(day.until()).isNull();
    }
  }

  private static void expect(
      Period period,
      Instant now,
      ZoneId zone,
      LocalDate from,
      LocalDate fromBefore,
      ZonedDateTime untilBefore) {
    Window window = of(period, now, zone);
    assertThat(window.from()).as("%s %s in %s", period, now, zone).isEqualTo(midnight(from, zone));
    assertThat(window.until()).isNull();
    Window before = window.before(false);
    boolean lost = !midnight(from, zone).atZone(zone).toLocalDate().equals(from);
    // A window that would begin on a lost day begins on the next, and so does the one before.
    assertThat(before.from())
        .as("before %s %s in %s", period, now, zone)
        .isEqualTo(midnight(lost ? fromBefore.plusDays(1) : fromBefore, zone));
    boolean atMidnight = midnight(LocalDate.ofInstant(now, zone), zone).equals(now);
    if (!atMidnight && untilBefore.toInstant().isAfter(before.from())) {
      assertThat(before.until())
          .as("before %s %s in %s", period, now, zone)
          .isEqualTo(untilBefore.toInstant());
    }
  }

  private static Window of(Period period, Instant now, ZoneId zone) {
    return Window.of(new AskedRange(period, null, null), FIRST, zone, now);
  }

  private static Instant midnight(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    // Whole days, one of them of 23 hours; to the second; a leap day.
    "Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-30T22:00:00Z, 2026-03-26T23:00:00Z",
    "UTC, 2026-03-10T10:30:00Z, 2026-03-10T11:00:00Z, 2026-03-10T10:00:00Z",
    "UTC, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z, 2024-02-28T00:00:00Z",
    "Asia/Kathmandu, 2026-03-09T18:15:00Z, 2026-03-10T18:15:00Z, 2026-03-08T18:15:00Z",
  })
  void aWindowOfOnesOwnHasOneOfItsLengthBeforeIt(
      String name, Instant since, Instant until, Instant before) {
    Window window =
        Window.of(new AskedRange(null, since, until), FIRST, ZoneId.of(name), until.plusSeconds(9));
    assertThat(window.before(false).from()).isEqualTo(before);
    assertThat(window.before(false).until()).isEqualTo(since);
  }

  @Test
  void weekdaysStandBesideWeekdays() {
    Instant now = Instant.parse("2024-02-29T15:00:00Z");
    ZoneId zone = ZoneId.of("Australia/Lord_Howe");
    for (Period period : Period.values()) {
      Window window = of(period, now, zone);
      for (Window other : new Window[] {window.before(true), window.yearBefore(true)}) {
        if (period != Period.ALL) {
          assertThat(other.from().atZone(zone).getDayOfWeek())
              .as("%s", period)
              .isEqualTo(window.from().atZone(zone).getDayOfWeek());
          assertThat(other.from().atZone(zone).toLocalTime())
              .isEqualTo(window.from().atZone(zone).toLocalTime());
        }
      }
    }
    // A year before a leap day ends on the day before, at the same time.
    Window today = of(Period.TODAY, now, ZoneId.of("UTC"));
    assertThat(today.yearBefore(false).until()).isEqualTo("2023-02-28T15:00:00Z");
  }
}
