package io.openqpr.storage.duckdb;

import io.openqpr.storage.sql.FeedRow;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The way of [ScanAppender], for what is no new scan.
final class FeedAppender {

  private FeedAppender() {}

  static void append(Session session, List<FeedRow> events) {
    if (events.isEmpty()) {
      return;
    }
    try (var rows = session.connection().createAppender("feed_events")) {
      for (FeedRow event : events) {
        rows.beginRow();
        for (Object value : event.values().values()) {
          append(rows, value);
        }
        rows.endRow();
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  private static void append(DuckDBAppender rows, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> rows.appendNull();
      case Short number -> rows.append(number.shortValue());
      case Integer number -> rows.append(number.intValue());
      case Long number -> rows.append(number.longValue());
      default -> rows.append(value.toString());
    }
  }
}
