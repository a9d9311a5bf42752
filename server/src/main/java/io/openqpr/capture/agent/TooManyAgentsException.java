package io.openqpr.capture.agent;

/// More new user agents are to be read than there is time for: whoever sent this one may come
/// again.
public final class TooManyAgentsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyAgentsException() {
    super("too many new user agents are to be read");
  }
}
