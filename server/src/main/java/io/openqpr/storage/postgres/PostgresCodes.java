package io.openqpr.storage.postgres;

import io.openqpr.model.QprCode;
import io.openqpr.storage.sql.SqlCodes;
import java.util.List;

/// Codes in PostgreSQL.
final class PostgresCodes extends SqlCodes {

  private final Postgres database;

  PostgresCodes(Postgres database) {
    super(database);
    this.database = database;
  }

  @Override
  public List<QprCode> createAll(List<NewCode> codes) {
    return database.write(sql -> {
      List<QprCode> born = born(sql, codes);
      insertAll(sql, born);
      return born;
    });
  }
}
