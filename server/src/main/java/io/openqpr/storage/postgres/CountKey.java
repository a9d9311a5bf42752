package io.openqpr.storage.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import org.postgresql.PGConnection;

/// What a row of the counts' tables counts.
///
/// @param part of the account: the number of a code or of a stretch of time
record CountKey(int account, long part) implements Comparable<CountKey> {

  private static final Comparator<CountKey> ORDER =
      Comparator.comparingInt(CountKey::account).thenComparingLong(CountKey::part);

  @Override
  public int compareTo(CountKey other) {
    return ORDER.compare(this, other);
  }

  /// Adds to the table's counts, in the order of the map.
  static void add(Connection connection, String table, String part, Map<CountKey, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    String text =
        """
        insert into %1$s as c (account, %2$s, scans)
        select * from unnest(?::integer[], ?::bigint[], ?::bigint[])
        on conflict (account, %2$s) do update set scans = c.scans + excluded.scans\
        """
            .formatted(table, part);
    try (var statement = connection.prepareStatement(text)) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      int[] accounts = counts.keySet().stream().mapToInt(CountKey::account).toArray();
      long[] parts = counts.keySet().stream().mapToLong(CountKey::part).toArray();
      long[] scans = counts.values().stream().mapToLong(Long::longValue).toArray();
      statement.setArray(1, postgres.createArrayOf("int4", accounts));
      statement.setArray(2, postgres.createArrayOf("int8", parts));
      statement.setArray(3, postgres.createArrayOf("int8", scans));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw PostgresErrors.translated(e);
    }
  }
}
