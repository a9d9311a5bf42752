package io.openqpr.storage.duckdb;

import io.openqpr.storage.sql.WithoutValues;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import org.jooq.exception.DataAccessException;

/// What DuckDB's errors mean to whoever asked. They have no codes: their kind is the beginning of
/// their text.
final class DuckDbErrors {

  private DuckDbErrors() {}

  /// Without values: neither the message nor the cause has any.
  static StoreException translated(Exception error) {
    Throwable cause =
        error instanceof DataAccessException && error.getCause() != null ? error.getCause() : error;
    String message = String.valueOf(cause.getMessage());
    String told = said(message) + WithoutValues.statement(error);
    return new StoreException(kind(message), told, WithoutValues.standIn(error, told, null));
  }

  /// Files are named, values and the place in the statement are not.
  private static String said(String message) {
    int statement = message.indexOf("\nLINE ");
    String told = statement < 0 ? message : message.substring(0, statement);
    return told.startsWith("IO Error") ? told : WithoutValues.message(told);
  }

  /// Whether the engine answers nothing any more until its file was closed and opened again.
  static boolean isFatal(StoreException error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("FATAL Error") || message.contains("database has been invalidated");
  }

  private static Kind kind(String message) {
    if (message.contains("INTERRUPT Error") || message.contains("Out of Memory Error")) {
      return Kind.BUSY;
    }
    // A commit that fails for want of space is a "TransactionContext Error" by its beginning.
    if (message.contains("IO Error")
        || message.contains("FATAL Error")
        || message.contains("database has been invalidated")
        || message.contains("No space left")) {
      return Kind.UNAVAILABLE;
    }
    return Kind.BROKEN;
  }
}
