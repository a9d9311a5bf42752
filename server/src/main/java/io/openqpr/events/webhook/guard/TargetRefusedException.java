package io.openqpr.events.webhook.guard;

/// Nothing may be sent there. The message says why, as the end of "the URL …". Carries no stack
/// trace: it is an expected outcome.
public final class TargetRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TargetRefusedException(String reason) {
    super(reason, null, false, false);
  }

  /// Why.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
