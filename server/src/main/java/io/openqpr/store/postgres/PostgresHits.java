package io.openqpr.store.postgres;

import io.openqpr.model.IgnoredHit;
import io.openqpr.store.sql.SqlHits;
import java.util.List;
import org.jooq.Condition;

/// Ignored hits in PostgreSQL.
final class PostgresHits extends SqlHits {

  private final PostgresScans scans;

  PostgresHits(Postgres database, PostgresScans scans) {
    super(database, scans);
    this.scans = scans;
  }

  @Override
  protected void move(IgnoredHit ignored, Condition hit) {
    scans.addInstead(List.of(ignored.asScan()), sql -> remove(sql, hit));
  }
}
