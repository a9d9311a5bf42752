package io.openqpr.cli;

/// Ends a command with one line on stderr and an exit code. Carries no stack trace: it is an
/// expected outcome.
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// The server refused, or not all of the work was done.
  static final int REFUSED = 1;

  static final int USAGE = 64;
  static final int UNREACHABLE = 69;

  private final int exitCode;

  private Failure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  static Failure refused(String message) {
    return new Failure(REFUSED, message);
  }

  static Failure usage(String message) {
    return new Failure(USAGE, message);
  }

  static Failure unreachable(String message) {
    return new Failure(UNREACHABLE, message);
  }

  int exitCode() {
    return exitCode;
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
