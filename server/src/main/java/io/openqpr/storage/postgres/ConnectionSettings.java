package io.openqpr.storage.postgres;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// How every connection is set, whatever the server, the database or the role have for others: an
/// operator's default of any of these would change what our statements mean, or break them off.
///
/// What is left alone is left on purpose: where tables are (`search_path`), how they are kept, how
/// statements are planned, and that nothing may be written, which is told at the start.
final class ConnectionSettings {

  /// One that a version does not have is left out. Texts are written into statements with doubled
  /// quotes, which makes them a text only while backslashes are plain characters. Transactions of a
  /// server that fell silent end soon, and with them the locks they hold: left to itself, the
  /// database may not learn of a dead connection for hours. Commits wait for the disk; stronger
  /// settings than that are left.
  ///
  /// On Citus a transaction that writes has one connection to each machine: left to itself, COPY
  /// opens one for each part of a table, and its end is told to each on its own (200 scans in 13 to
  /// 37 ms instead of 250).
  static final String APPLY =
      """
      select set_config(name, value, false) from (values
        ('standard_conforming_strings', 'on'),
        ('transform_null_equals', 'off'),
        ('array_nulls', 'on'),
        ('default_transaction_isolation', 'read committed'),
        ('default_transaction_deferrable', 'off'),
        ('statement_timeout', '0'),
        ('transaction_timeout', '0'),
        ('lock_timeout', '0'),
        ('idle_session_timeout', '0'),
        ('idle_in_transaction_session_timeout', '10s'),
        ('tcp_keepalives_idle', '10'),
        ('tcp_keepalives_interval', '5'),
        ('tcp_keepalives_count', '3'),
        ('citus.max_adaptive_executor_pool_size', '1')
      ) as wanted (name, value)
      where current_setting(name, true) is not null
      union all
      select set_config('synchronous_commit', 'on', false)
      where current_setting('synchronous_commit') in ('off', 'local')\
      """;

  /// For a transaction that only reads: on Citus as many connections as the operator lets it have.
  static final String READ_IN_PARALLEL =
      "; set local citus.max_adaptive_executor_pool_size to default";

  private ConnectionSettings() {}

  /// Looks once more, for nothing: the driver is told of each change of it. A pooler between may
  /// have handed out another connection.
  static void check(PGConnection connection) throws SQLException {
    if (!"on".equals(connection.getParameterStatus("standard_conforming_strings"))) {
      throw new StoreException(
          Kind.BROKEN, "a connection lost its settings: standard_conforming_strings is not on");
    }
  }
}
