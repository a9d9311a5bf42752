package io.openqpr.storage.postgres;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL's errors mean to whoever asked, by their SQLSTATE.
final class PostgresErrors {

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
    if (e instanceof SQLTransientConnectionException) {
      return Kind.UNAVAILABLE;
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("57014") || state.startsWith("40") || state.equals("55P03")) {
      return Kind.BUSY; // canceled for its length, a deadlock, a lock
    }
    boolean away =
        state.startsWith("08") // connection
            || state.startsWith("53") // resources
            || state.startsWith("57P") // shutdown
            || state.startsWith("58") // system
            || state.equals("25006"); // read-only: a replica after a fail-over
    return away ? Kind.UNAVAILABLE : Kind.BROKEN;
  }
}
