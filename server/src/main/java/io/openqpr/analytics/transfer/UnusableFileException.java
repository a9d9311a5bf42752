package io.openqpr.analytics.transfer;

/// A file that cannot be read on, whose message says why and, where known, at which line.
final class UnusableFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableFileException(String message) {
    super(message);
  }
}
