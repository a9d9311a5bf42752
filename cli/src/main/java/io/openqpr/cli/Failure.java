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
  private final int status;
  private final int waitSeconds;

  private Failure(int exitCode, String message, int status, int waitSeconds) {
    super(message, null, false, false);
    this.exitCode = exitCode;
    this.status = status;
    this.waitSeconds = waitSeconds;
  }

  static Failure refused(String message) {
    return refused(message, 0);
  }

  /// @param status of the answer that refused
  static Failure refused(String message, int status) {
    return new Failure(REFUSED, message, status, 0);
  }

  static Failure usage(String message) {
    return new Failure(USAGE, message, 0, 0);
  }

  static Failure unreachable(String message) {
    return later(message, 0);
  }

  /// Not reachable now.
  ///
  /// @param waitSeconds how long the server asks to wait; 0 where it did not say
  static Failure later(String message, int waitSeconds) {
    return new Failure(UNREACHABLE, message, 0, waitSeconds);
  }

  int exitCode() {
    return exitCode;
  }

  /// Of the answer that refused; 0 where there was none.
  int status() {
    return status;
  }

  int waitSeconds() {
    return waitSeconds;
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
