package io.openqpr.store.duckdb;

import io.openqpr.store.sql.SqlErasure;
import java.util.function.Function;
import org.jooq.DSLContext;

/// Erasure in DuckDB, which leaves the bytes of deleted rows in its file: the file is due for
/// compaction afterwards.
final class DuckDbErasure extends SqlErasure {

  private final DuckDb database;

  DuckDbErasure(DuckDb database) {
    super(database);
    this.database = database;
  }

  @Override
  protected Erased erase(Function<DSLContext, Erased> changes) {
    return database.write(sql -> {
      Erased erased = changes.apply(sql);
      if (!erased.isNothing()) {
        database.compactLater();
      }
      return erased;
    });
  }
}
