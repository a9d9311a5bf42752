package io.openqpr.storage.duckdb;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.ScanColumn;
import io.openqpr.storage.sql.ScanPlaces;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// The fastest way in: rows go to the engine in columns, past SQL.
final class ScanAppender {

  private ScanAppender() {}

  static void append(Session session, List<Scan> scans, ScanPlaces places) {
    try (var rows = session.connection().createAppender("scans")) {
      for (int i = 0; i < scans.size(); i++) {
        rows.beginRow();
        columns(rows, scans.get(i));
        rows.append(places.line());
        rows.append(places.position(i));
        rows.endRow();
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  /// All that a scan tells, to the open row.
  static void columns(DuckDBAppender rows, Scan scan) throws SQLException {
    for (ScanColumn column : ScanColumn.ALL) {
      switch (column) {
        case ScanColumn.Small small -> rows.append((short) small.of().applyAsInt(scan));
        case ScanColumn.Whole whole -> rows.append(whole.of().applyAsInt(scan));
        case ScanColumn.Big big -> rows.append(big.of().applyAsLong(scan));
        case ScanColumn.Text text -> rows.append(text.of().apply(scan));
      }
    }
  }
}
