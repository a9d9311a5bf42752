package io.openqpr.storage.duckdb;

import io.openqpr.model.Scan;
import io.openqpr.storage.sql.ScanColumn;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/// The fastest way in: rows go to the engine in columns, past SQL.
final class ScanAppender {

  private ScanAppender() {}

  static void append(Session session, Iterable<Scan> scans) {
    try (var rows = session.connection().createAppender("scans")) {
      for (Scan scan : scans) {
        rows.beginRow();
        columns(rows, scan);
        rows.endRow();
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  /// All columns of a scan, to the open row.
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
