package io.openqpr.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for what another process does.
final class Waits {

  private Waits() {}

  /// @throws IOException when it does not come to be in time
  static void until(BooleanSupplier done, Duration most, String what)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IOException("not within " + most.toSeconds() + " s: " + what);
      }
      Thread.sleep(5);
    }
  }
}
