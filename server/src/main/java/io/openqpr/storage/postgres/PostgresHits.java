package io.openqpr.storage.postgres;

import io.openqpr.model.IgnoredHit;
import io.openqpr.storage.sql.SqlHits;
import java.util.List;
import org.jooq.Condition;

/// Ignored hits in PostgreSQL.
final class PostgresHits extends SqlHits {

  private final Postgres database;
  private final PostgresScans scans;

  PostgresHits(Postgres database, PostgresScans scans) {
    super(database, scans);
    this.database = database;
    this.scans = scans;
  }

  @Override
  public void restore(int account, List<IgnoredHit> hits) {
    database.append(session -> {
      ScanCopy.hits(session, unknown(session.sql(), account, hits));
      return hits;
    });
  }

  @Override
  protected void move(IgnoredHit ignored, Condition hit) {
    scans.addInstead(ignored.asScan(), sql -> remove(sql, hit));
  }
}
