package io.openqpr.storage.duckdb;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.Schema.Scans;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// Finds which of many ids are in the table already: by joining it with a table of them, since
/// there is no index.
final class KnownIds {

  private static final String INCOMING = "incoming_ids";
  private static final Field<String> ID = field(name(INCOMING, "id"), SQLDataType.VARCHAR);

  private KnownIds() {}

  static Set<String> among(Session session, int account, List<Scan> scans) {
    session.sql().execute("create or replace temp table incoming_ids (id varchar)");
    try (var rows = session.connection().createAppender("temp", "main", INCOMING)) {
      for (Scan scan : scans) {
        rows.beginRow();
        rows.append(scan.id().text());
        rows.endRow();
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
    Set<String> known =
        session
            .sql()
            .select(Scans.ID)
            .from(Scans.TABLE)
            .where(Scans.ACCOUNT.eq(account), Scans.ID.in(select(ID).from(table(name(INCOMING)))))
            .fetchSet(Scans.ID);
    session.sql().execute("drop table incoming_ids");
    return known;
  }
}
