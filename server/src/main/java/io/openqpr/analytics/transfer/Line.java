package io.openqpr.analytics.transfer;

import io.openqpr.model.ScanField;
import org.jspecify.annotations.Nullable;

/// One line of an import, taken apart.
sealed interface Line {

  /// Where it began in the file, from 1.
  long number();

  /// @param values by [ScanField#ordinal]; `null` where there is none
  @SuppressWarnings("ArrayRecordComponent") // read once by one reader, millions of times
  record Values(long number, @Nullable String[] values) implements Line {

    @Nullable String get(ScanField column) {
      return values[column.ordinal()];
    }
  }

  /// @param field empty where the whole line is wrong
  record Unreadable(long number, String field, String message) implements Line {}
}
