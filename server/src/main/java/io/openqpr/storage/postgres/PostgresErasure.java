package io.openqpr.storage.postgres;

import io.openqpr.storage.sql.SqlErasure;
import java.util.function.Function;

/// Erasure in PostgreSQL. Rows are deleted one by one: a month's table holds the scans of accounts
/// that keep them for different times, so it is never dropped.
final class PostgresErasure extends SqlErasure {

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
}
