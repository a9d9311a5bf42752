package io.openqpr.storage.postgres;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// The counts that totals are told by, so that no page counts all its scans: exact for all that was
/// scanned before a time, [#until], which [#advance] moves on. Most scans are newer when they
/// arrive, so writing them costs nothing here; older ones, and scans that go, change the counts in
/// their own transaction.
///
/// A transaction that adds or removes scans holds a shared lock from before it reads the time until
/// its end, and moving the time needs that lock alone: a scan is counted by either, once.
final class ScanCounts {

  /// Stretches of time are numbered `scanned_at >> STRETCH_BITS`: 18.6 hours, which rounds alike
  /// before and after 1970, in SQL and in Java.
  private static final int STRETCH_BITS = 26;

  private static final long DAY_MILLIS = 86_400_000;

  /// Shared locks are held for milliseconds; a bulk load's, which is held for longer, is not worth
  /// letting everybody queue behind whoever wants the lock alone.
  private static final String ALONE =
      "set local lock_timeout = '200ms'; select pg_advisory_xact_lock(3, 0)";

  /// For a transaction that is about to add or remove scans: the time, which stays there until that
  /// has ended. It is read by a statement of its own, so that it is seen as it is once the lock is
  /// there; both go in one round trip, also behind others.
  static final String HELD_UNTIL =
      "select pg_advisory_xact_lock_shared(3, 0); select scanned_at from counted_until";

  private static final Field<Long> SCANS = field(name("scans"), SQLDataType.BIGINT);

  private static final String UNTIL = "select scanned_at from counted_until";

  private ScanCounts() {}

  static long stretchOf(long millis) {
    return millis >> STRETCH_BITS;
  }

  static long startOf(long stretch) {
    return stretch << STRETCH_BITS;
  }

  /// The first that does not begin before this time.
  static long stretchFrom(long millis) {
    return stretchOf(millis + startOf(1) - 1);
  }

  /// The same in SQL.
  static Field<Long> stretchOf(Field<Long> millis) {
    return field("{0} >> {1}", SQLDataType.BIGINT, millis, inline(STRETCH_BITS));
  }

  /// The time before which all scans are counted, for who only reads.
  static long until(DSLContext sql) {
    return number(sql, UNTIL);
  }

  /// The answer to [#HELD_UNTIL].
  static long heldUntil(Postgres.Session session) {
    try (var statement = session.connection().prepareStatement(HELD_UNTIL)) {
      statement.execute();
      statement.getMoreResults();
      try (var row = statement.getResultSet()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }

  /// @return of the account's stretches from `first` on and before `end`, all that is counted
  static long ofStretches(DSLContext sql, int account, long first, long end) {
    return number(
        sql,
        """
        select coalesce(sum(scans), 0)::bigint from counted_stretches
        where account = ? and stretch >= ? and stretch < ?\
        """,
        account,
        first,
        end);
  }

  /// How many rows an account has in each stretch, as far as they are counted: scans by the counts,
  /// hits by counting.
  static NavigableMap<Long, Long> stretches(DSLContext sql, Table<?> table, int account) {
    String question =
        table.equals(Scans.TABLE)
            ? "select stretch, scans from counted_stretches where account = %d"
            : "select scanned_at >> %d, count(*) from ignored_hits where account = %%d group by 1"
                .formatted(STRETCH_BITS);
    var stretches = new TreeMap<Long, Long>();
    sql.fetch(question.formatted(account))
        .forEach(row -> stretches.put(row.get(0, Long.class), row.get(1, Long.class)));
    return stretches;
  }

  /// A stretch of an account, and how many of its scans, newest first, are skipped.
  record StretchAt(long stretch, long skip) {}

  /// The stretch before `end` that holds the scan before which `offset` newer ones are.
  static Optional<StretchAt> stretchAt(DSLContext sql, int account, long end, long offset) {
    return sql.fetchOptional(
            """
            select stretch, scans - so_far from (
              select stretch, scans, (sum(scans) over (order by stretch desc))::bigint as so_far
              from counted_stretches where account = ? and stretch < ?) newest_first
            where so_far > ? order by stretch desc limit 1\
            """,
            account,
            end,
            offset)
        .map(row -> new StretchAt(row.get(0, Long.class), offset + row.get(1, Long.class)));
  }

  /// @return of each code that has any
  static Map<Integer, Long> ofCodes(DSLContext sql, int account, Collection<Integer> codes) {
    return sql.select(Scans.CODE, SCANS)
        .from(table(name("counted_codes")))
        .where(Scans.ACCOUNT.eq(account), Scans.CODE.in(codes), SCANS.gt(0L))
        .fetchMap(Scans.CODE, SCANS);
  }

  /// Scans are added.
  ///
  /// @param until as held by this transaction
  static void added(Postgres.Session session, long until, List<Scan> scans) {
    var stretches = new TreeMap<CountKey, Long>();
    var codes = new TreeMap<CountKey, Long>();
    for (Scan scan : scans) {
      long millis = scan.scannedAt().toEpochMilli();
      if (millis < until) {
        int account = scan.code().account();
        stretches.merge(new CountKey(account, stretchOf(millis)), 1L, Long::sum);
        codes.merge(new CountKey(account, scan.code().number()), 1L, Long::sum);
      }
    }
    change(session, stretches, codes);
  }

  /// Changes the counts; in the order of the keys, so that two transactions never wait for each
  /// other.
  static void change(
      Postgres.Session session, Map<CountKey, Long> stretches, Map<CountKey, Long> codes) {
    CountKey.add(session.connection(), "counted_stretches", "stretch", stretches);
    CountKey.add(session.connection(), "counted_codes", "code", codes);
  }

  /// Counts what has become old enough, a day at a time where there is much to catch up with.
  ///
  /// @param lagMillis younger scans, by the database's clock, are left for the next time
  /// @return whether there is more to do at once
  static boolean advance(Postgres database, long lagMillis) {
    return database.append(session -> {
      DSLContext sql = session.sql();
      sql.execute(ALONE);
      long from = until(sql);
      long now = number(sql, "select (extract(epoch from now()) * 1000)::bigint") - lagMillis;
      if (now <= from) {
        return false;
      }
      long first = firstPossible(sql, from).orElse(now);
      long to = Math.min(now, first + DAY_MILLIS);
      advance(sql, from, to);
      return to < now;
    });
  }

  /// The caller holds the lock alone.
  static void advance(DSLContext sql, long from, long to) {
    String range = "where scanned_at >= %d and scanned_at < %d".formatted(from, to);
    sql.execute(
        """
        insert into counted_stretches as c (account, stretch, scans)
        select account, scanned_at >> %d, count(*) from scans %s group by 1, 2
        on conflict (account, stretch) do update set scans = c.scans + excluded.scans\
        """
            .formatted(STRETCH_BITS, range));
    sql.execute(
        """
        insert into counted_codes as c (account, code, scans)
        select account, code, count(*) from scans %s group by 1, 2
        on conflict (account, code) do update set scans = c.scans + excluded.scans\
        """
            .formatted(range));
    sql.execute("update counted_until set scanned_at = " + to);
  }

  /// The first time from `from` on that a table can hold: their bounds tell it without a look into
  /// them.
  private static OptionalLong firstPossible(DSLContext sql, long from) {
    return Partitions.bounds(sql).entrySet().stream()
        .filter(bounds -> bounds.getValue() > from)
        .mapToLong(bounds -> Math.max(bounds.getKey(), from))
        .min();
  }

  private static long number(DSLContext sql, String question, Object... values) {
    if (sql.fetchValue(question, values) instanceof Number number) {
      return number.longValue();
    }
    throw new StoreException(Kind.BROKEN, question + " has no answer");
  }
}
