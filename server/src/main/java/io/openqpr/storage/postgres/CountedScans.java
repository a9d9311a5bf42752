package io.openqpr.storage.postgres;

import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.RowCount;
import io.openqpr.storage.sql.ScanPlaces;
import io.openqpr.storage.sql.Schema.Scans;
import java.util.List;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// The one place through which rows come into the table of scans and go out of it, so that
/// [ScanCounts] stay right. The transaction is the caller's.
final class CountedScans {

  private static final String REMOVED = "removed";
  private static final Field<Long> STRETCH = field(name("stretch"), SQLDataType.BIGINT);
  private static final Field<Long> SCANS = field(name("scans"), SQLDataType.BIGINT);

  private CountedScans() {}

  /// Adds scans whose months have their tables.
  static void add(Postgres.Session session, List<Scan> scans, ScanPlaces places) {
    if (!scans.isEmpty()) {
      add(session, ScanCounts.heldUntil(session), scans, places);
    }
  }

  /// @param until as this transaction holds it
  static void add(Postgres.Session session, long until, List<Scan> scans, ScanPlaces places) {
    ScanCopy.scans(session, scans, places);
    ScanCounts.added(session, until, scans);
  }

  /// Removes the scans that match.
  ///
  /// @return how many
  static long remove(Postgres.Session session, Condition matches) {
    long until = ScanCounts.heldUntil(session);
    var stretches = new TreeMap<CountKey, Long>();
    var codes = new TreeMap<CountKey, Long>();
    long removed = 0;
    // A stretch in which the counts end has rows on both sides of it.
    var stretch = when(Scans.SCANNED_AT.lt(inline(until)), ScanCounts.stretchOf(Scans.SCANNED_AT));
    var gone =
        deleteFrom(Scans.TABLE)
            .where(matches)
            .returning(Scans.ACCOUNT, Scans.CODE, stretch.as(STRETCH));
    var rows =
        session
            .sql()
            .with(name(REMOVED).as(gone))
            .select(Scans.ACCOUNT, Scans.CODE, STRETCH, RowCount.rows().as(SCANS))
            .from(table(name(REMOVED)))
            .groupBy(Scans.ACCOUNT, Scans.CODE, STRETCH)
            .fetch();
    for (var row : rows) {
      long scans = row.get(SCANS);
      removed += scans;
      if (row.get(STRETCH) != null) {
        int account = row.get(Scans.ACCOUNT);
        stretches.merge(new CountKey(account, row.get(STRETCH)), -scans, Long::sum);
        codes.merge(new CountKey(account, row.get(Scans.CODE)), -scans, Long::sum);
      }
    }
    ScanCounts.change(session, stretches, codes);
    return removed;
  }
}
