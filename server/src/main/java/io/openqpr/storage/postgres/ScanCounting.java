package io.openqpr.storage.postgres;

import io.openqpr.platform.DurableThread;
import io.openqpr.storage.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Moves [ScanCounts] on every few seconds. Each server does, and the first to come finds work.
final class ScanCounting implements AutoCloseable {

  private static final long EVERY_MILLIS = 10_000;

  /// A scan is some milliseconds old when it is written; one that comes later than this costs more.
  private static final long LAG_MILLIS = 10_000;

  private static final Duration MOST_WAITED = Duration.ofSeconds(1);

  private final Postgres database;
  private final LongAdder failures = new LongAdder();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final DurableThread thread;

  ScanCounting(Postgres database) {
    this.database = database;
    this.thread = DurableThread.start("scan-counting", this::advanceAndPause);
  }

  private boolean advanceAndPause() throws InterruptedException {
    advance();
    return !closing.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Where it does not come to it now, the next time is soon: totals stay right, and are only
  /// slower.
  private void advance() {
    try {
      while (closing.getCount() > 0 && ScanCounts.advance(database, LAG_MILLIS)) {
        // a day more
      }
    } catch (StoreException e) {
      failures.increment();
    }
  }

  /// Times that it had to wait for the next time.
  long failures() {
    return failures.sum();
  }

  @Override
  public void close() {
    closing.countDown();
    thread.close(MOST_WAITED); // what it is about may be broken off
  }
}
