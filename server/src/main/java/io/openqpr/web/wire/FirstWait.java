package io.openqpr.web.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Lets a virtual thread wait for bytes once. What the JDK needs for that is made at the first
/// time; where it cannot be made for want of file handles, no thread of the process can ever wait
/// again.
final class FirstWait {

  private static final Duration BETWEEN_LOOKS = Duration.ofNanos(50_000);

  private FirstWait() {}

  static void now() {
    try {
      Pipe pipe = Pipe.open();
      try (var source = pipe.source();
          var sink = pipe.sink()) {
        Thread waiting = Thread.startVirtualThread(() -> read(source));
        while (waiting.getState() != Thread.State.WAITING && waiting.isAlive()) {
          // Not spinning: the one who waits may need this very carrier to come so far.
          LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        sink.write(ByteBuffer.allocate(1));
        waiting.join();
      }
    } catch (IOException e) {
      // There are none already: what comes next tells.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(Pipe.SourceChannel source) {
    try {
      source.read(ByteBuffer.allocate(1));
    } catch (IOException e) {
      // It was closed instead.
    }
  }
}
