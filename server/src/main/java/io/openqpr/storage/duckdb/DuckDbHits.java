package io.openqpr.storage.duckdb;

import io.openqpr.model.IgnoredHit;
import io.openqpr.storage.sql.SqlHits;
import java.util.List;
import org.jooq.Condition;

/// Ignored hits in DuckDB.
final class DuckDbHits extends SqlHits {

  private final DuckDb database;

  DuckDbHits(DuckDb database, DuckDbScans scans) {
    super(database, scans);
    this.database = database;
  }

  @Override
  public void restore(int account, List<IgnoredHit> hits) {
    database.change(session -> {
      HitAppender.append(session, unknown(session.sql(), account, hits));
      return hits;
    });
  }

  @Override
  protected void move(IgnoredHit ignored, Condition hit) {
    database.change(session ->
        remove(session.sql(), hit) ? DuckDbScans.addOne(database, session, ignored.asScan()) : 0);
  }
}
