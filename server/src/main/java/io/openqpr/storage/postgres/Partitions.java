package io.openqpr.storage.postgres;

import io.openqpr.model.Scan;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;

/// The tables into which scans are sorted by their time, each made before the first scan of its
/// [TimeRange] is written.
///
/// A table is made beside the others and then attached, which waits neither for those who read or
/// write the others nor lets them wait; each in a transaction of its own, so that locks are held
/// for a moment, and few.
final class Partitions {

  /// How often it is tried while somebody works on the tables themselves.
  private static final int TRIES = 5;

  /// One server at a time.
  private static final String ALONE =
      "set local lock_timeout = '2s'; select pg_advisory_xact_lock(4, 0)";

  private static final String BOUNDS =
      """
      select b[1]::bigint, b[2]::bigint from (
        select regexp_match(pg_get_expr(c.relpartbound, c.oid),
          'FROM \\(''?(-?\\d+)''?\\) TO \\(''?(-?\\d+)') as b
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'scans'::regclass) bounds
      where b is not null\
      """;

  private final Postgres database;
  private volatile NavigableMap<Long, Long> known = Collections.emptyNavigableMap();

  Partitions(Postgres database) {
    this.database = database;
  }

  /// Makes the tables of these scans, and of the month after the last one, so that no server waits
  /// for it at midnight.
  ///
  /// @param work for whom
  /// @throws StoreException BUSY when others work on the tables and do not come to an end
  void prepare(Work work, List<Scan> scans) {
    var missing = new TreeSet<Long>();
    long last = Long.MIN_VALUE;
    for (Scan scan : scans) {
      long millis = scan.scannedAt().toEpochMilli();
      last = Math.max(last, millis);
      if (isMissing(millis)) {
        missing.add(millis);
      }
    }
    if (!scans.isEmpty() && isMissing(TimeRange.nextMonth(last))) {
      missing.add(TimeRange.nextMonth(last));
    }
    for (Long millis : missing) {
      for (int tries = 1; isMissing(millis); tries++) {
        make(work, millis, tries);
      }
    }
  }

  private boolean isMissing(long millis) {
    var range = known.floorEntry(millis);
    return range == null || range.getValue() <= millis;
  }

  private void make(Work work, long millis, int tries) {
    try {
      known = database.append(work, session -> withOneFor(session.sql(), millis));
    } catch (StoreException e) {
      if (e.kind() != Kind.BUSY || tries == TRIES) {
        throw e;
      }
    }
  }

  /// @return all that are there then
  private static NavigableMap<Long, Long> withOneFor(DSLContext sql, long millis) {
    sql.execute(ALONE);
    NavigableMap<Long, Long> there = bounds(sql);
    var last = there.floorEntry(millis);
    if (last == null || last.getValue() <= millis) {
      TimeRange range = TimeRange.of(millis, there, now(sql));
      sql.execute("create table \"%s\" (like scans including all)".formatted(range.name()));
      sql.execute(
          "alter table scans attach partition \"%s\" for values from (%d) to (%d)"
              .formatted(range.name(), range.from(), range.until()));
      there.put(range.from(), range.until());
    }
    return there;
  }

  /// The tables that are there: from, and until.
  static NavigableMap<Long, Long> bounds(DSLContext sql) {
    var bounds = new TreeMap<Long, Long>();
    sql.fetch(BOUNDS).forEach(row -> bounds.put(row.get(0, Long.class), row.get(1, Long.class)));
    return bounds;
  }

  private static Instant now(DSLContext sql) {
    return sql.fetchSingle("select (extract(epoch from now()) * 1000)::bigint")
        .map(row -> Instant.ofEpochMilli(row.get(0, Long.class)));
  }
}
