package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.Slicing.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// What the clock on the wall showed at a scan, with plain arithmetic: engines know no time zones.
///
/// @param spans of constant shift, in order; the first also covers what lies before it
record LocalClock(List<Span> spans) {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /// Lifts every time above 0, where dividing rounds down, by whole weeks. 1970 began on a
  /// Thursday.
  private static final long LIFT = (1L << 58) / (7 * DAY) * 7 * DAY;

  private static final int THURSDAY = 3;

  /// Outside of these years a zone has the shift of their edge: what it will be nobody knows.
  private static final Instant EARLIEST = Instant.parse("1800-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2150-01-01T00:00:00Z");

  /// @param from milliseconds, included
  /// @param until milliseconds, not included
  static LocalClock of(ZoneId zone, long from, long until) {
    var spans = new ArrayList<Span>();
    long begin = Math.clamp(from, EARLIEST.toEpochMilli(), LATEST.toEpochMilli());
    Instant start = Instant.ofEpochMilli(begin);
    Instant end = Instant.ofEpochMilli(Math.clamp(until, begin, LATEST.toEpochMilli()));
    while (true) {
      long shift = zone.getRules().getOffset(start).getTotalSeconds() * 1000L;
      spans.add(new Span(start.toEpochMilli(), shift));
      ZoneOffsetTransition next = zone.getRules().nextTransition(start);
      if (next == null || !next.getInstant().isBefore(end)) {
        return new LocalClock(List.copyOf(spans));
      }
      start = next.getInstant();
    }
  }

  /// 0 to 23.
  Field<Integer> hour() {
    return EngineField.quotient(local(), HOUR).mod(inline(24L)).cast(SQLDataType.INTEGER);
  }

  /// 1 (Monday) to 7.
  Field<Integer> weekday() {
    return EngineField.quotient(local(), DAY)
        .plus(inline((long) THURSDAY))
        .mod(inline(7L))
        .plus(inline(1L))
        .cast(SQLDataType.INTEGER);
  }

  private Field<Long> local() {
    return Scans.SCANNED_AT.plus(shift(spans));
  }

  /// By halves: a century has two hundred clock changes.
  private static Field<Long> shift(List<Span> spans) {
    if (spans.size() == 1) {
      return inline(spans.getFirst().shiftMillis() + LIFT);
    }
    int half = spans.size() / 2;
    return when(
            Scans.SCANNED_AT.ge(inline(spans.get(half).fromMillis())),
            shift(spans.subList(half, spans.size())))
        .otherwise(shift(spans.subList(0, half)));
  }
}
