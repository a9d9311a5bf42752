package io.openqpr.storage.postgres;

import io.openqpr.model.Scan;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;

/// The months into which scans are sorted: each has a table of its own, made before the first scan
/// of it is written.
final class Partitions {

  private final Postgres database;
  private final Set<YearMonth> made = ConcurrentHashMap.newKeySet();

  Partitions(Postgres database) {
    this.database = database;
  }

  /// Makes the tables of these scans, and of the month after the last one, so that no server waits
  /// for it at midnight.
  void prepare(List<Scan> scans) {
    var months = new TreeSet<YearMonth>();
    for (Scan scan : scans) {
      months.add(YearMonth.from(scan.scannedAt().atOffset(ZoneOffset.UTC)));
    }
    if (!months.isEmpty()) {
      months.add(months.last().plusMonths(1));
    }
    months.removeAll(made);
    if (!months.isEmpty()) {
      database.write(sql -> {
        months.forEach(month -> make(sql, month));
        return months;
      });
      made.addAll(months);
    }
  }

  private static void make(DSLContext sql, YearMonth month) {
    // Years before Christ have a minus, which a name cannot have.
    String name = "scans_" + month.toString().replace("-", "_");
    sql.execute(
        "create table if not exists \"%s\" partition of scans for values from (%d) to (%d)"
            .formatted(name, start(month), start(month.plusMonths(1))));
  }

  private static long start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
