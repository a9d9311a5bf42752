package io.openqpr.analytics.transfer;

import io.openqpr.web.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/// What became of an import's lines.
final class ImportReport {

  private static final int ERRORS_TOLD = 100;

  private final List<LineError> errors = new ArrayList<>();
  private long imported;
  private long alreadyPresent;
  private long failed;
  private long codesCreated;

  /// @param line from 1
  record LineError(long line, String field, String message) {}

  /// As the API answers it.
  ///
  /// @param errors of the first faulty lines
  record View(
      long imported, long alreadyPresent, long failed, long codesCreated, List<LineError> errors) {}

  void failed(long line, List<FieldError> mistakes) {
    failed++;
    for (FieldError mistake : mistakes) {
      if (errors.size() < ERRORS_TOLD) {
        errors.add(new LineError(line, mistake.field(), mistake.message()));
      }
    }
  }

  void loaded(int added, int known) {
    imported += added;
    alreadyPresent += known;
  }

  void codesCreated(int count) {
    codesCreated += count;
  }

  long imported() {
    return imported;
  }

  View view() {
    return new View(imported, alreadyPresent, failed, codesCreated, List.copyOf(errors));
  }
}
