package io.openqpr.storage.duckdb;

import io.openqpr.model.IgnoredHit;
import java.sql.SQLException;
import java.util.List;

/// Ignored hits, as [ScanAppender] does with scans.
final class HitAppender {

  private HitAppender() {}

  static void append(Session session, List<IgnoredHit> hits) {
    if (hits.isEmpty()) {
      return;
    }
    try (var rows = session.connection().createAppender("ignored_hits")) {
      for (IgnoredHit hit : hits) {
        rows.beginRow();
        ScanAppender.columns(rows, hit.asScan());
        rows.append(hit.reason().text());
        rows.append(hit.bot());
        rows.endRow();
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }
}
