package io.openqpr.web.wire;

import java.io.IOException;

/// What came is no request, or no body.
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.name());
    this.refusal = refusal;
  }

  static RefusedException malformed() {
    return new RefusedException(Refusal.MALFORMED);
  }

  Refusal refusal() {
    return refusal;
  }
}
