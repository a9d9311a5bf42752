package io.openqpr.storage.postgres;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL's errors mean to whoever asked, by their SQLSTATE.
final class PostgresErrors {

  /// Of memory in general, which locks are the first to use up.
  private static final String OUT_OF_LOCKS = "53200";

  private static final List<String> BUSY =
      List.of(
          "57014", // canceled for its length
          "40", // a deadlock, a conflict
          "55P03", // a lock
          OUT_OF_LOCKS,
          "53300"); // more connections than the database takes

  private PostgresErrors() {}

  static StoreException translated(Exception error) {
    SQLException cause = sqlException(error);
    return new StoreException(
        cause == null ? Kind.BROKEN : kind(cause), String.valueOf(error.getMessage()), error);
  }

  static @Nullable SQLException sqlException(@Nullable Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private static Kind kind(SQLException e) {
    String state = state(e);
    if (state.isEmpty() && e instanceof SQLTransientConnectionException) {
      return Kind.BUSY; // all connections are in use
    }
    if (BUSY.stream().anyMatch(state::startsWith)) {
      return Kind.BUSY;
    }
    boolean away =
        saysDead(state)
            || state.startsWith("53") // resources
            || state.startsWith("58") // system
            || state.equals("25006"); // read-only: a replica after a fail-over
    return away ? Kind.UNAVAILABLE : Kind.BROKEN;
  }

  /// Whether the connection on which it was asked is gone, as opposed to a database that has much
  /// to do.
  static boolean isOfADeadConnection(Exception error) {
    SQLException cause = sqlException(error);
    return cause != null && saysDead(state(cause));
  }

  static boolean isOutOfLocks(@Nullable SQLException error) {
    return error != null && state(error).equals(OUT_OF_LOCKS);
  }

  private static boolean saysDead(String state) {
    return state.startsWith("08") // connection
        || state.startsWith("57P") // shutdown
        || state.equals("25P03"); // ended by the database for its silence
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
