package io.openqpr.analytics.question;

import io.openqpr.storage.store.Slicing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/// The buckets of a time series: from the first day's midnight to the bucket that holds now, on the
/// clock of one zone. A local day is a slice of the store whatever its length; a week is seven of
/// them, or fewer where the window starts inside it.
///
/// @param from the first day's midnight
/// @param now the moment of the answer
record Timeline(Granularity granularity, ZoneId zone, Instant from, Instant now) {

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /// The last `days` local days, today included.
  static Timeline lastDays(int days, Granularity granularity, ZoneId zone, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return new Timeline(granularity, zone, midnight(today.minusDays(days - 1L), zone), now);
  }

  /// From the local day that holds `first`.
  static Timeline since(Instant first, Granularity granularity, ZoneId zone, Instant now) {
    return new Timeline(granularity, zone, midnight(first.atZone(zone).toLocalDate(), zone), now);
  }

  private static Instant midnight(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /// How the store has to slice: hours for hours, days for days and weeks.
  Slicing slicing() {
    long width = granularity == Granularity.HOUR ? HOUR_MILLIS : DAY_MILLIS;
    var spans = new ArrayList<Slicing.Span>();
    Instant start = from;
    while (true) {
      long shift = zone.getRules().getOffset(start).getTotalSeconds() * 1000L;
      if (granularity == Granularity.HOUR) {
        shift = hourShift(shift, spans);
      }
      if (spans.isEmpty() || spans.getLast().shiftMillis() != shift) {
        spans.add(new Slicing.Span(start.toEpochMilli(), shift));
      }
      ZoneOffsetTransition next = zone.getRules().nextTransition(start);
      if (next == null || next.getInstant().isAfter(now)) {
        return new Slicing(width, spans);
      }
      start = next.getInstant();
    }
  }

  /// Only what the zone's offset has beyond whole hours (30 minutes in India), so that the hour
  /// that comes twice in autumn stays two hours; and never less than before, so that no slice comes
  /// twice where a clock is changed by half an hour (Lord Howe Island).
  private static long hourShift(long offsetMillis, List<Slicing.Span> before) {
    long shift = Math.floorMod(offsetMillis, HOUR_MILLIS);
    if (before.isEmpty()) {
      return shift;
    }
    long least = before.getLast().shiftMillis();
    return shift + Math.ceilDiv(Math.max(0, least - shift), HOUR_MILLIS) * HOUR_MILLIS;
  }

  /// One bucket: its name in the answer, and the store's slices it is made of.
  record Bucket(String date, List<Long> slices) {}

  /// All buckets in order, also those in which nothing happened.
  List<Bucket> buckets() {
    return switch (granularity) {
      case HOUR -> hours();
      case DAY -> days();
      case WEEK -> weeks();
    };
  }

  private List<Bucket> hours() {
    Slicing slicing = slicing();
    var hours = new ArrayList<Bucket>();
    long end = now.toEpochMilli();
    for (long start = from.toEpochMilli(); start <= end; start = slicing.endOf(start)) {
      String date = Instant.ofEpochMilli(start).toString();
      hours.add(new Bucket(date, List.of(slicing.sliceOf(start))));
    }
    return hours;
  }

  private List<Bucket> days() {
    var days = new ArrayList<Bucket>();
    for (LocalDate day = firstDay(); !day.isAfter(today()); day = day.plusDays(1)) {
      days.add(new Bucket(day.toString(), List.of(day.toEpochDay())));
    }
    return days;
  }

  private List<Bucket> weeks() {
    var weeks = new ArrayList<Bucket>();
    LocalDate first = firstDay();
    LocalDate today = today();
    LocalDate monday = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    for (; !monday.isAfter(today); monday = monday.plusWeeks(1)) {
      var slices = new ArrayList<Long>();
      for (int i = 0; i < 7; i++) {
        LocalDate day = monday.plusDays(i);
        if (!day.isBefore(first) && !day.isAfter(today)) {
          slices.add(day.toEpochDay());
        }
      }
      weeks.add(new Bucket(monday.toString(), slices));
    }
    return weeks;
  }

  private LocalDate firstDay() {
    return from.atZone(zone).toLocalDate();
  }

  private LocalDate today() {
    return now.atZone(zone).toLocalDate();
  }

  /// The zone in which nothing is asked for.
  static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;
}
