package io.openqpr.storage.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;

/// All or nothing.
final class Transactions {

  private Transactions() {}

  /// What the work reads is of one moment; what it writes is on disk when this returns, and nowhere
  /// when it throws.
  static <T> T run(Session session, Function<Session, T> work) {
    try (Statement statement = session.connection().createStatement()) {
      // Begun by hand: the driver's own way waits for the first statement, and an appender is none,
      // so that its rows would be committed before the rest.
      statement.execute("begin transaction");
      try {
        T result = work.apply(session);
        statement.execute("commit");
        return result;
      } catch (RuntimeException | Error | SQLException e) {
        rollback(statement, e);
        throw e;
      }
    } catch (SQLException | DataAccessException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  private static void rollback(Statement statement, Throwable because) {
    try {
      statement.execute("rollback");
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
