package io.openqpr.storage.postgres;

import static org.jooq.impl.DSL.noCondition;

import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.sql.SqlErasure;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;

/// Erasure in PostgreSQL. Rows are deleted one by one: a month's table holds the scans of accounts
/// that keep them for different times, so it is never dropped.
final class PostgresErasure extends SqlErasure {

  /// Read in a few seconds.
  private static final long ROWS_AT_ONCE = 2_000_000;

  private final Postgres database;

  PostgresErasure(Postgres database) {
    super(database);
    this.database = database;
  }

  @Override
  protected Erased erase(Function<Erasing, Erased> changes) {
    return database.append(session ->
        changes.apply(new Erasing(session.sql(), which -> CountedScans.remove(session, which))));
  }

  @Override
  protected List<Condition> steps(Table<Record> table, int account) {
    return database.read(sql -> steps(ScanCounts.stretches(sql, table, account), ROWS_AT_ONCE));
  }

  /// @param stretches rows in each
  static List<Condition> steps(NavigableMap<Long, Long> stretches, long rowsAtOnce) {
    var steps = new ArrayList<Condition>();
    Condition before = noCondition();
    long rows = 0;
    for (var stretch : stretches.descendingMap().entrySet()) {
      rows += stretch.getValue();
      if (rows >= rowsAtOnce) {
        long start = ScanCounts.startOf(stretch.getKey());
        steps.add(before.and(Scans.SCANNED_AT.ge(start)));
        before = Scans.SCANNED_AT.lt(start);
        rows = 0;
      }
    }
    steps.add(before);
    return steps;
  }
}
