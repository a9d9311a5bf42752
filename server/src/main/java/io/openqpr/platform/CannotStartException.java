package io.openqpr.platform;

/// The server cannot start, and the operator can mend it: the message is one clear line for them.
/// `Main` prints it and exits with code 2.
public final class CannotStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CannotStartException(String line) {
    super(line);
  }
}
