package io.openqpr.analytics.transfer;

import io.openqpr.web.http.Problem.FieldError;
import java.util.List;

/// A file that cannot be read on, whose message says why and, where known, at which line.
final class UnusableFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  UnusableFileException(String message) {
    this(message, List.of(new FieldError("body", "cannot be read")));
  }

  /// @param errors all that is wrong
  UnusableFileException(String message, List<FieldError> errors) {
    super(message);
    this.errors = errors;
  }

  List<FieldError> errors() {
    return errors;
  }
}
