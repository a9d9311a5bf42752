package io.openqpr.storage.duckdb;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;

/// What DuckDB's errors mean to whoever asked. They have no codes: their kind is the beginning of
/// their text.
final class DuckDbErrors {

  private DuckDbErrors() {}

  static StoreException translated(Exception error) {
    String message = String.valueOf(error.getMessage());
    return new StoreException(kind(message), message, error);
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
