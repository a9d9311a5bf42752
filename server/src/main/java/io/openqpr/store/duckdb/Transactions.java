package io.openqpr.store.duckdb;

import java.sql.SQLException;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.jooq.exception.DataAccessException;

/// All or nothing.
final class Transactions {

  private Transactions() {}

  /// What the work reads is of one moment; what it writes is on disk when this returns, and nowhere
  /// when it throws.
  static <T> T run(Session session, Function<Session, T> work) {
    DuckDBConnection connection = session.connection();
    try {
      connection.setAutoCommit(false);
      try {
        T result = work.apply(session);
        connection.commit();
        return result;
      } catch (RuntimeException | Error | SQLException e) {
        rollback(connection, e);
        throw e;
      }
    } catch (SQLException | DataAccessException e) {
      throw Errors.translated(e);
    }
  }

  private static void rollback(DuckDBConnection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
