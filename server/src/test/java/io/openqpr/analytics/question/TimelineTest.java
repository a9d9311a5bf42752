package io.openqpr.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.storage.store.Slicing;
import io.openqpr.web.http.ProblemException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Buckets and slices compared with what `ZonedDateTime` says of every quarter of an hour.
class TimelineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns", // half an hour off
        "Asia/Kolkata",
        "Asia/Kathmandu", // three quarters
        "Africa/Cairo", // changes at midnight, so that a day begins at one
        "America/Havana",
        "Pacific/Apia", // left out a day in 2011
        "Africa/Casablanca", // the clock goes back for Ramadan
        "Antarctica/Troll", // by two hours
        "Pacific/Kiritimati",
      })
  void everyMomentIsInTheBucketThatTheLocalClockSays(String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int i = 0; i < 40; i++) {
      Instant now = Instant.ofEpochSecond(random.nextLong(1_325_500_000, 1_900_000_000));
      for (Granularity granularity : Granularity.values()) {
        check(Timeline.lastDays(List.of(7, 30, 90).get(i % 3), granularity, zone, now), zone);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void aClockChangedByHalfAnHourLosesNoMoment(Granularity granularity) {
    ZoneId zone = ZoneId.of("Australia/Lord_Howe");
    Instant now = Instant.parse("2026-11-24T03:00:00Z");
    Timeline timeline =
        Timeline.since(Instant.parse("2024-01-01T00:00:00Z"), granularity, zone, now);
    Map<Long, String> dates = datesBySlice(timeline);
    Slicing slicing = timeline.slicing();
    for (Instant t = timeline.from(); !t.isAfter(now); t = t.plus(Duration.ofMinutes(15))) {
      assertThat(dates).containsKey(slicing.sliceOf(t.toEpochMilli()));
      if (granularity == Granularity.HOUR) {
        Instant begin = Instant.parse(dates.get(slicing.sliceOf(t.toEpochMilli())));
        assertThat(Duration.between(begin, t)).isBetween(Duration.ZERO, Duration.ofMinutes(59));
      }
    }
  }

  /// Around every change of every clock since 1970, also by odd amounts and at odd minutes.
  @ParameterizedTest
  @EnumSource(Granularity.class)
  void noClockChangeOfAnyZoneLosesAMoment(Granularity granularity) {
    var rules = new HashSet<ZoneRules>();
    for (String name : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
      ZoneId zone = ZoneId.of(name);
      if (rules.add(zone.getRules())) {
        Instant last = Instant.parse("2038-01-01T00:00:00Z");
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.EPOCH);
        while (change != null && change.getInstant().isBefore(last)) {
          checkAround(change.getInstant(), granularity, zone);
          change = zone.getRules().nextTransition(change.getInstant());
        }
      }
    }
    assertThat(rules).hasSizeGreaterThan(300);
  }

  private static void checkAround(Instant change, Granularity granularity, ZoneId zone) {
    // The change is now, was some minutes ago, on the window's first day and just before it.
    for (Duration ago :
        List.of(
            Duration.ZERO, Duration.ofMinutes(31), Duration.ofDays(2), Duration.ofHours(6 * 24))) {
      Instant now = change.plus(ago);
      var timeline = Timeline.lastDays(7, granularity, zone, now);
      Map<Long, String> dates = datesBySlice(timeline);
      Slicing slicing = timeline.slicing();
      Instant t = change.minus(Duration.ofHours(25));
      t = t.isBefore(timeline.from()) ? timeline.from() : t;
      Instant end = change.plus(Duration.ofHours(25));
      String before = "";
      for (; !t.isAfter(now) && !t.isAfter(end); t = t.plusSeconds(420)) {
        String date = dates.get(slicing.sliceOf(t.toEpochMilli()));
        assertThat(date).as("%s in %s until %s", t, zone, now).isNotNull();
        assertThat(date).as("%s in %s, behind %s", t, zone, before).isGreaterThanOrEqualTo(before);
        before = date;
        if (granularity == Granularity.HOUR) {
          assertThat(Duration.between(Instant.parse(date), t))
              .as("%s in %s", t, zone)
              .isBetween(Duration.ZERO, Duration.ofSeconds(3_599));
        }
      }
      long last = slicing.sliceOf(now.toEpochMilli());
      assertThat(timeline.buckets().getLast().slices()).as("%s in %s", now, zone).contains(last);
    }
  }

  @Test
  void aDayThatHasBegunGoesOnWhereTheClockIsTurnedBackOverMidnight() {
    // On 2010-11-07, a minute past midnight, clocks in Goose Bay were turned back to 23:01.
    ZoneId zone = ZoneId.of("America/Goose_Bay");
    Timeline day =
        Timeline.lastDays(1, Granularity.DAY, zone, Instant.parse("2010-11-07T03:30:00Z"));

    assertThat(day.from()).isEqualTo("2010-11-07T03:00:00Z");
    assertThat(dates(day)).containsExactly("2010-11-07");
    assertThat(datesBySlice(day))
        .containsKey(day.slicing().sliceOf(Instant.parse("2010-11-07T03:20:00Z").toEpochMilli()));
  }

  @Test
  void manyBucketsAreRefusedWithWhatToAskInstead() {
    Instant now = Instant.parse("2026-11-24T03:00:00Z");
    Map<String, Map<Granularity, String>> answers =
        Map.of(
            "2016-01-01T00:00:00Z", Map.of(),
            "2000-01-01T00:00:00Z", Map.of(Granularity.HOUR, "granularity=day"),
            "1600-01-01T00:00:00Z",
                Map.of(Granularity.HOUR, "granularity=week", Granularity.DAY, "granularity=week"),
            "0001-01-01T00:00:00Z",
                Map.of(
                    Granularity.HOUR, "granularity=month",
                    Granularity.DAY, "granularity=month",
                    Granularity.WEEK, "granularity=month"));
    answers.forEach((first, told) -> {
      for (Granularity granularity : Granularity.values()) {
        var timeline =
            Timeline.since(Instant.parse(first), granularity, Timeline.DEFAULT_ZONE, now);
        String expected = told.get(granularity);
        if (expected == null) {
          assertThatCode(timeline::mustNotBeTooLong).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(timeline::mustNotBeTooLong)
              .isInstanceOf(ProblemException.class)
              .hasMessageContaining(expected);
        }
      }
    });
  }

  private static void check(Timeline timeline, ZoneId zone) {
    Map<Long, String> dates = datesBySlice(timeline);
    Slicing slicing = timeline.slicing();
    for (Instant t = timeline.from(); !t.isAfter(timeline.now()); t = t.plusSeconds(900)) {
      assertThat(dates.get(slicing.sliceOf(t.toEpochMilli())))
          .as("%s in %s", t, zone)
          .isEqualTo(expected(timeline, t, zone));
    }
  }

  private static String expected(Timeline timeline, Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    LocalDate day = local.toLocalDate();
    return switch (timeline.granularity()) {
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant().toString();
      case DAY -> day.toString();
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case MONTH -> YearMonth.from(day) + "-01";
      case QUARTER -> "%d-%02d-01".formatted(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> day.getYear() + "-01-01";
    };
  }

  /// No slice is in two buckets, and no two buckets have one name.
  private static Map<Long, String> datesBySlice(Timeline timeline) {
    var dates = new HashMap<Long, String>();
    for (Timeline.Bucket bucket : timeline.buckets()) {
      for (Long slice : bucket.slices()) {
        assertThat(dates.put(slice, bucket.date())).isNull();
      }
    }
    assertThat(timeline.buckets()).extracting(Timeline.Bucket::date).doesNotHaveDuplicates();
    return dates;
  }

  @Test
  void daysOf23And25HoursAreOneBucketEach() {
    Instant now = Instant.parse("2026-03-30T10:00:00Z");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Timeline days = Timeline.lastDays(7, Granularity.DAY, berlin, now);
    Timeline hours = Timeline.lastDays(7, Granularity.HOUR, berlin, now);

    assertThat(days.from()).isEqualTo("2026-03-23T23:00:00Z");
    assertThat(days.buckets())
        .extracting(Timeline.Bucket::date)
        .endsWith("2026-03-29", "2026-03-30");
    // Six whole days, one of them an hour short, and today until noon.
    assertThat(hours.buckets()).hasSize(6 * 24 - 1 + 13);
  }

  @Test
  void aWeekInWhichTheWindowStartsCountsOnlyWhatIsInside() {
    Instant sunday = Instant.parse("2026-03-22T12:00:00Z");

    Timeline weeks = Timeline.lastDays(9, Granularity.WEEK, Timeline.DEFAULT_ZONE, sunday);

    assertThat(weeks.buckets())
        .extracting(Timeline.Bucket::date)
        .containsExactly("2026-03-09", "2026-03-16");
    assertThat(weeks.buckets()).extracting(bucket -> bucket.slices().size()).containsExactly(2, 7);
  }

  @Test
  void theWholeHistoryBeginsWithItsFirstDay() {
    Instant first = Instant.parse("2026-01-31T23:30:00Z");
    Instant now = Instant.parse("2026-02-02T00:00:00Z");

    assertThat(dates(Timeline.since(first, Granularity.DAY, Timeline.DEFAULT_ZONE, now)))
        .containsExactly("2026-01-31", "2026-02-01", "2026-02-02");
    assertThat(dates(Timeline.since(first, Granularity.DAY, ZoneId.of("Asia/Tokyo"), now)))
        .containsExactly("2026-02-01", "2026-02-02");
  }

  /// Any window of any zone: each quarter of an hour is in the bucket that has it, a bucket is
  /// partial where the window has less than all of it, and nothing outside is in any.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "America/St_Johns",
        "Africa/Cairo",
      })
  void windowsThatAreAskedForAreCutWhereTheyBeginAndEnd(String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int i = 0; i < 60; i++) {
      // Apia's lost day and the leap day of 2012 are in the midst.
      Instant from = Instant.ofEpochSecond(random.nextLong(1_320_000_000, 1_335_000_000));
      Instant until = from.plusSeconds(random.nextLong(900, 5_000_000));
      for (Granularity granularity : Granularity.values()) {
        var timeline = Timeline.between(granularity, zone, from, until);
        check(timeline, zone);
        List<Timeline.Bucket> buckets = timeline.buckets();
        for (Timeline.Bucket bucket : buckets.subList(1, Math.max(1, buckets.size() - 1))) {
          assertThat(bucket.partial()).isFalse();
        }
        Instant before = from.minusMillis(1);
        assertThat(buckets.getFirst().partial())
            .isEqualTo(
                expected(timeline, before, zone).equals(expected(timeline, from, zone))
                    || buckets.size() == 1
                        && expected(timeline, until, zone).equals(expected(timeline, from, zone)));
        assertThat(buckets.getLast().partial() || buckets.size() == 1)
            .isEqualTo(
                expected(timeline, until, zone).equals(expected(timeline, timeline.now(), zone))
                    || buckets.size() == 1);
      }
    }
  }

  private static Stream<String> dates(Timeline timeline) {
    return timeline.buckets().stream().map(Timeline.Bucket::date);
  }
}
