package io.openqpr.storage.postgres;

import io.openqpr.storage.store.StoreException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Moves [ScanCounts] on every few seconds. Each server does, and the first to come finds work.
final class ScanCounting implements AutoCloseable {

  private static final long EVERY_MILLIS = 10_000;

  /// A scan is some milliseconds old when it is written; one that comes later than this costs more.
  private static final long LAG_MILLIS = 10_000;

  private final Postgres database;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("scan-counting").daemon().factory());
  private final LongAdder failures = new LongAdder();

  ScanCounting(Postgres database) {
    this.database = database;
    thread.scheduleWithFixedDelay(this::advance, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Where it does not come to it now, the next time is soon: totals stay right, and are only
  /// slower.
  private void advance() {
    try {
      while (!thread.isShutdown() && ScanCounts.advance(database, LAG_MILLIS)) {
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
    thread.shutdownNow(); // what it is about may be broken off
  }
}
