package io.openqpr.analytics.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Does not wait for the other side of a connection longer than so: whoever neither reads nor sends
/// is broken off by an interrupt, which ends a virtual thread's reading or writing of a socket.
final class Patience implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("transfer-deadlines").factory());
  private final LongAdder ended = new LongAdder();

  /// Reads or writes.
  @FunctionalInterface
  interface Transfer {
    int run() throws IOException;
  }

  /// Runs the transfer on this thread.
  ///
  /// @throws StalledException when the time was up; the connection is of no more use then
  int within(Duration limit, Transfer transfer) throws IOException {
    Thread thread = Thread.currentThread();
    var over = new AtomicBoolean();
    Future<?> deadline =
        timer.schedule(
            () -> {
              if (over.compareAndSet(false, true)) {
                thread.interrupt();
              }
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      return transfer.run();
    } finally {
      deadline.cancel(false);
      if (!over.compareAndSet(false, true)) {
        endOfPatience();
      }
    }
  }

  private void endOfPatience() throws StalledException {
    // The interrupt comes, or has come.
    while (!Thread.interrupted()) {
      Thread.onSpinWait();
    }
    ended.increment();
    throw new StalledException();
  }

  /// How many were broken off since the start.
  long ended() {
    return ended.sum();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// The other side did nothing for too long.
  static final class StalledException extends IOException {

    private static final long serialVersionUID = 1L;

    StalledException() {
      super("the other side of the connection stalled");
    }
  }
}
