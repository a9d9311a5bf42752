package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;

import io.openqpr.storage.sql.Schema.FeedEvents;
import io.openqpr.storage.sql.Schema.Scans;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// Finds times in the feed. A line's times rise with its positions, but for the moments by which a
/// scan overtakes another on its way to the disk, and for clocks that are set: so the place is
/// halved down to, and then taken a little earlier.
final class FeedTimes {

  /// More than requests overtake each other by.
  private static final long EARLIER_MILLIS = 2_000;

  private FeedTimes() {}

  /// The last position before which nothing of this time or later lies.
  static long before(DSLContext sql, int line, long head, Instant time) {
    long wanted = time.toEpochMilli() - EARLIER_MILLIS;
    long before = 0;
    long behind = head;
    while (before < behind) {
      long middle = before + (behind - before) / 2;
      long next = timeBehind(sql, line, middle, behind);
      if (next >= wanted) {
        behind = middle;
      } else {
        before = middle + 1;
      }
    }
    return before;
  }

  /// Of the first event in this window; [Long#MAX_VALUE] where there is none.
  private static long timeBehind(DSLContext sql, int line, long from, long until) {
    Optional<Found> scan =
        first(
            sql,
            Scans.TABLE,
            Scans.FEED_LINE,
            Scans.FEED_POSITION,
            Scans.SCANNED_AT,
            line,
            from,
            until);
    Optional<Found> other =
        first(
            sql,
            FeedEvents.TABLE,
            FeedEvents.LINE,
            FeedEvents.POSITION,
            FeedEvents.CREATED_AT,
            line,
            from,
            until);
    if (scan.isPresent() && other.isPresent()) {
      return scan.get().position() < other.get().position()
          ? scan.get().time()
          : other.get().time();
    }
    return scan.or(() -> other).map(Found::time).orElse(Long.MAX_VALUE);
  }

  private record Found(long position, long time) {}

  private static Optional<Found> first(
      DSLContext sql,
      Table<Record> table,
      Field<Integer> lines,
      Field<Long> positions,
      Field<Long> times,
      int line,
      long from,
      long until) {
    return sql.select(positions, times)
        .from(table)
        .where(lines.eq(inline(line)), positions.gt(inline(from)), positions.le(inline(until)))
        .orderBy(positions)
        .limit(1)
        .fetchOptional(row -> new Found(row.value1(), row.value2()));
  }
}
