package io.openqpr.analytics.question;

import io.openqpr.storage.store.Slicing;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The buckets of a time series: from the first day's midnight to the bucket that holds now, on the
/// clock of one zone. A local day is a slice of the store whatever its length; a week is seven of
/// them, or fewer where the window starts inside it.
///
/// A day lasts from its first moment to the next day's: where a clock is turned back over midnight
/// and shows the day before once more, that belongs to the day that had begun.
///
/// @param from its first moment, the first day's midnight unless it was asked for otherwise
/// @param now its last moment: that of the answer, or the one before `until`
/// @param until its end, where it was asked for; `null` where it goes on
record Timeline(
    Granularity granularity, ZoneId zone, Instant from, Instant now, @Nullable Instant until) {

  /// 11 years of hours, 270 years of days.
  static final int MOST_BUCKETS = 100_000;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /// The last `days` local days, today included.
  static Timeline lastDays(int days, Granularity granularity, ZoneId zone, Instant now) {
    LocalDate today = dayOf(now, zone);
    return going(granularity, zone, midnight(today.minusDays(days - 1L), zone), now);
  }

  /// From the local day that holds `first`.
  static Timeline since(Instant first, Granularity granularity, ZoneId zone, Instant now) {
    return going(granularity, zone, midnight(dayOf(first, zone), zone), now);
  }

  /// From a moment until now.
  static Timeline going(Granularity granularity, ZoneId zone, Instant from, Instant now) {
    return new Timeline(granularity, zone, from, now, null);
  }

  /// From one moment to the one before another, which is later by a millisecond at least.
  static Timeline between(Granularity granularity, ZoneId zone, Instant from, Instant until) {
    return new Timeline(granularity, zone, from, until.minusMillis(1), until);
  }

  /// The same from the local day that holds an earlier moment.
  Timeline beginningOn(Instant first) {
    return new Timeline(granularity, zone, midnight(dayOf(first, zone), zone), now, until);
  }

  static LocalDate dayOf(Instant time, ZoneId zone) {
    LocalDate day = time.atZone(zone).toLocalDate();
    LocalDate next = day.plusDays(1);
    return midnight(next, zone).isAfter(time) ? day : next;
  }

  static Instant midnight(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /// About how many buckets there are.
  long length() {
    return Duration.between(from, now).toHours() / granularity.hours();
  }

  /// Whoever asks in small pieces of a long time is told in which to ask: an answer takes memory
  /// and time by its buckets, however few scans there are.
  ///
  /// @throws ProblemException 400 when there would be more than [#MOST_BUCKETS]
  void mustNotBeTooLong() {
    long hours = Duration.between(from, now).toHours();
    long buckets = length();
    if (buckets <= MOST_BUCKETS) {
      return;
    }
    String instead = "ask for a shorter period";
    for (Granularity coarser : Granularity.values()) {
      if (hours / coarser.hours() <= MOST_BUCKETS) {
        instead = "ask with granularity=" + coarser.name().toLowerCase(Locale.ROOT);
        break;
      }
    }
    String message =
        "makes %,d buckets since %s, of at most %,d: %s"
            .formatted(buckets, from.atZone(zone).toLocalDate(), MOST_BUCKETS, instead);
    throw new ProblemException(
        new Problem(
            Problem.Kind.BAD_REQUEST,
            "The parameter `granularity` " + message + ".",
            List.of(new Problem.FieldError("granularity", message))));
  }

  /// How the store has to slice: hours for hours, days for days and weeks.
  Slicing slicing() {
    boolean byHour = granularity == Granularity.HOUR;
    var spans = new ArrayList<Slicing.Span>();
    Instant start = from;
    while (true) {
      long millis = start.toEpochMilli();
      long shift = zone.getRules().getOffset(start).getTotalSeconds() * 1000L;
      if (byHour) {
        shift = hourShift(shift, spans);
      } else {
        millis = endOfBegunDay(millis, shift, spans);
      }
      if (spans.isEmpty() || spans.getLast().shiftMillis() != shift) {
        spans.add(new Slicing.Span(millis, shift));
      }
      ZoneOffsetTransition next = zone.getRules().nextTransition(start);
      if (next == null || next.getInstant().isAfter(now)) {
        return new Slicing(byHour ? HOUR_MILLIS : DAY_MILLIS, spans);
      }
      start = next.getInstant();
    }
  }

  /// Where the clock is turned back into the day before, the day that has begun goes on until the
  /// clock comes to it again.
  ///
  /// @param start when the clock is turned to `shift`
  /// @return when days are to be counted by `shift`
  private static long endOfBegunDay(long start, long shift, List<Slicing.Span> before) {
    if (before.isEmpty()) {
      return start;
    }
    long begun = Math.floorDiv(start - 1 + before.getLast().shiftMillis(), DAY_MILLIS);
    return Math.max(start, begun * DAY_MILLIS - shift);
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

  /// One bucket.
  ///
  /// @param date its name in the answer
  /// @param slices the store's, of which it is made
  /// @param partial whether it is longer than what the timeline has of it
  record Bucket(String date, List<Long> slices, boolean partial) {}

  /// All buckets in order, also those in which nothing happened.
  List<Bucket> buckets() {
    return granularity == Granularity.HOUR ? hours() : ofDays();
  }

  private List<Bucket> hours() {
    Slicing slicing = slicing();
    var hours = new ArrayList<Bucket>();
    long end = now.toEpochMilli();
    long start = from.toEpochMilli();
    long named = Math.min(start, slicing.startOfEarly(slicing.sliceOf(start)));
    while (start <= end) {
      long next = slicing.endOf(start);
      boolean cut = named < start || Instant.ofEpochMilli(next).isAfter(end());
      String date = Instant.ofEpochMilli(named).toString();
      hours.add(new Bucket(date, List.of(slicing.sliceOf(start)), cut));
      start = next;
      named = next;
    }
    return hours;
  }

  private List<Bucket> ofDays() {
    var buckets = new ArrayList<Bucket>();
    LocalDate first = firstDay();
    LocalDate last = today();
    for (LocalDate begin = granularity.begin(first); !begin.isAfter(last); ) {
      LocalDate next = granularity.next(begin);
      var slices = new ArrayList<Long>();
      LocalDate day = begin.isBefore(first) ? first : begin;
      for (; day.isBefore(next) && !day.isAfter(last); day = day.plusDays(1)) {
        slices.add(day.toEpochDay());
      }
      boolean cut = midnight(begin, zone).isBefore(from) || midnight(next, zone).isAfter(end());
      buckets.add(new Bucket(begin.toString(), slices, cut));
      begin = next;
    }
    return buckets;
  }

  private Instant end() {
    return until == null ? now : until;
  }

  private LocalDate firstDay() {
    return dayOf(from, zone);
  }

  private LocalDate today() {
    return dayOf(now, zone);
  }

  /// By which it is asked for.
  static String name(ZoneId zone) {
    return zone.equals(DEFAULT_ZONE) ? "UTC" : zone.getId();
  }

  /// The zone in which nothing is asked for.
  static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;
}
