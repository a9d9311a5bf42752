package io.openqpr.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.Slicing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
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

  private static Stream<String> dates(Timeline timeline) {
    return timeline.buckets().stream().map(Timeline.Bucket::date);
  }
}
