package io.openqpr.storage.postgres;

import io.openqpr.storage.sql.WithoutValues;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

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

  /// Whose messages quote tables, users and hosts, and no values: connections, constraints, rights,
  /// resources.
  private static final List<String> NAMING =
      List.of("08", "23", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58");

  /// Quotes where it stopped to understand.
  private static final String SYNTAX = "42601";

  private PostgresErrors() {}

  /// Without values: neither the message nor the cause has any.
  static StoreException translated(Exception error) {
    SQLException cause = sqlException(error);
    if (cause == null) {
      String what = error.getClass().getSimpleName();
      return new StoreException(Kind.BROKEN, what, WithoutValues.standIn(error, what, null));
    }
    String told = said(cause) + WithoutValues.statement(error);
    return new StoreException(
        kind(cause), told, WithoutValues.standIn(error, told, cause.getSQLState()));
  }

  /// What the database says of it, but for details, hints and places, which have values in them.
  private static String said(SQLException error) {
    String text = String.valueOf(error.getMessage());
    if (error instanceof PSQLException e && e.getServerErrorMessage() != null) {
      text = String.valueOf(e.getServerErrorMessage().getMessage());
    }
    String state = state(error);
    boolean namesOnly = NAMING.stream().anyMatch(state::startsWith) && !state.equals(SYNTAX);
    return namesOnly ? text : WithoutValues.message(text);
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
