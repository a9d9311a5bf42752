package io.openqpr.storage.duckdb;

import io.openqpr.storage.sql.Schema.Scans;
import io.openqpr.storage.sql.SqlErasure;
import java.util.function.Function;

/// Erasure in DuckDB, which leaves the bytes of deleted rows in its file: the file is due for
/// compaction afterwards.
final class DuckDbErasure extends SqlErasure {

  private final DuckDb database;

  DuckDbErasure(DuckDb database) {
    super(database);
    this.database = database;
  }

  @Override
  protected Erased erase(Function<Erasing, Erased> changes) {
    return database.write(sql -> {
      Erased erased =
          changes.apply(
              new Erasing(sql, which -> sql.deleteFrom(Scans.TABLE).where(which).execute()));
      if (!erased.isNothing()) {
        database.compactLater();
      }
      return erased;
    });
  }
}
