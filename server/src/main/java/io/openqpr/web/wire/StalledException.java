package io.openqpr.web.wire;

import java.io.IOException;

/// The other side of the connection let its time pass, or the server ends.
public final class StalledException extends IOException {

  private static final long serialVersionUID = 1L;

  StalledException(Stage stage) {
    super("the connection was ended while at " + stage);
  }
}
