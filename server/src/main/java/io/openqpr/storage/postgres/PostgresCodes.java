package io.openqpr.storage.postgres;

import io.openqpr.model.QprCode;
import io.openqpr.storage.sql.FeedRow;
import io.openqpr.storage.sql.SqlCodes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

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
      FeedRow.insert(sql, created(sql, born));
      return born;
    });
  }

  @Override
  protected Map<Integer, Long> totals(DSLContext sql, int account, Collection<Integer> codes) {
    return Totals.ofCodes(sql, account, codes);
  }
}
