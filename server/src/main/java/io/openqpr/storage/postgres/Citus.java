package io.openqpr.storage.postgres;

import java.util.List;
import org.jooq.DSLContext;

/// PostgreSQL over several machines, where the extension is there: scans and hits lie on all of
/// them, by their id, so that one hot code uses all; the few rows of accounts and codes are on
/// each. What is left, journals and counts among them, stays on the coordinator, to which all
/// servers speak.
final class Citus {

  private static final List<String> BY_ID = List.of("scans", "ignored_hits");

  /// Parts of each table that are spread over the machines, where nothing else is said: each costs
  /// locks, a statement, and a part of each index in every table of scans; and no more machines
  /// than parts can share the work.
  private static final String PARTS =
      """
      select set_config('citus.shard_count', '16', true) from pg_settings
      where name = 'citus.shard_count' and source = 'default'\
      """;

  private static final List<String> ON_EACH =
      List.of("accounts", "api_keys", "codes", "logos", "secrets");

  private Citus() {}

  static boolean isIn(DSLContext sql) {
    return isTrue(sql, "select exists (select 1 from pg_extension where extname = 'citus')");
  }

  /// Whether this is one of the others, to which no server speaks.
  static boolean isWorker(DSLContext sql) {
    return isTrue(sql, "select groupid <> 0 from pg_dist_local_group");
  }

  /// Tables that are distributed already are left as they are; of servers that start at once one
  /// does it. A transaction for each: Citus does not distribute just anything beside anything.
  static void distribute(Postgres database) {
    for (String table : ON_EACH) {
      distribute(database, table, "select create_reference_table('%s')".formatted(table));
    }
    for (String table : BY_ID) {
      distribute(database, table, "select create_distributed_table('%s', 'id')".formatted(table));
    }
  }

  private static void distribute(Postgres database, String table, String statement) {
    database.write(sql -> {
      String known =
          "select exists (select 1 from pg_dist_partition where logicalrelid = '%s'::regclass)"
              .formatted(table);
      if (isTrue(sql, known)) {
        return 0;
      }
      sql.execute(PARTS);
      return sql.execute(statement);
    });
  }

  private static boolean isTrue(DSLContext sql, String question) {
    return Boolean.TRUE.equals(sql.fetchValue(question));
  }
}
