package io.openqpr.storage.postgres;

import io.openqpr.storage.store.RequestCounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Counts that all servers share, by the database's clock.
final class PostgresCounts implements RequestCounts {

  private static final String NOW = "(extract(epoch from statement_timestamp()) * 1000)::bigint";

  private static final String ADD =
      """
      insert into request_counts as old (sender, since, used)
      select sender, %1$s, more from unnest(?, ?) as added (sender, more)
      on conflict (sender) do update set
        since = case when old.since + %2$d <= excluded.since then excluded.since else old.since end,
        used = excluded.used + case when old.since + %2$d <= excluded.since then 0 else old.used end
      returning sender, used, since + %2$d - %1$s
      """
          .formatted(NOW, MINUTE.toMillis());

  /// Rows that are being counted up are left for the next time: nobody waits for anybody.
  private static final String FORGET =
      """
      delete from request_counts where sender in
        (select sender from request_counts where since + %2$d <= %1$s for update skip locked)
      """
          .formatted(NOW, MINUTE.toMillis());

  private final Postgres database;

  PostgresCounts(Postgres database) {
    this.database = database;
  }

  @Override
  public Map<Long, Count> add(Map<Long, Integer> requests) {
    // Everybody locks rows in the same order.
    var ordered = new TreeMap<Long, Integer>(requests);
    return database.append(
        Work.VISITORS,
        session -> {
          try {
            return add(session.connection(), ordered);
          } catch (SQLException e) {
            throw PostgresErrors.translated(e);
          }
        });
  }

  private static Map<Long, Count> add(Connection connection, TreeMap<Long, Integer> ordered)
      throws SQLException {
    try (var statement = connection.prepareStatement(ADD)) {
      statement.setArray(1, connection.createArrayOf("bigint", ordered.keySet().toArray()));
      statement.setArray(2, connection.createArrayOf("integer", ordered.values().toArray()));
      ResultSet rows = statement.executeQuery();
      var counts = new HashMap<Long, Count>();
      while (rows.next()) {
        // The database's clock may have been set back.
        long left = Math.clamp(rows.getLong(3), 1, MINUTE.toMillis());
        counts.put(rows.getLong(1), new Count(rows.getLong(2), Duration.ofMillis(left)));
      }
      return counts;
    }
  }

  @Override
  public void forgetOver() {
    database.append(session -> session.sql().execute(FORGET));
  }
}
