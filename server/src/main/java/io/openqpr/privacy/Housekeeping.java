package io.openqpr.privacy;

import io.openqpr.store.Store;
import io.openqpr.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/// What has to be done from time to time for what was deleted to be gone: every ten minutes scans
/// that are too old are deleted; once a day, if anything was erased, the store's files are
/// compacted. What fails is tried again the next time.
public final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_COMPACTIONS = Duration.ofDays(1);

  private final Retention retention;
  private final Store store;
  private final Clock clock;
  private final Thread thread;
  private Instant lastCompaction = Instant.EPOCH;

  private final LongAdder compactions = new LongAdder();
  private final LongAdder failures = new LongAdder();

  public Housekeeping(Retention retention, Store store, Clock clock) {
    this.retention = retention;
    this.store = store;
    this.clock = clock;
    // No virtual one: compaction stays in native code for seconds.
    this.thread = Thread.ofPlatform().daemon().name("housekeeping").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        attempt("deleting old scans", this::retain);
        attempt("compacting the store", this::compact);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void retain() {
    while (retention.step() && !Thread.currentThread().isInterrupted()) {
      // the next batch
    }
  }

  private void compact() {
    if (clock.instant().isAfter(lastCompaction.plus(BETWEEN_COMPACTIONS)) && store.compact()) {
      compactions.increment();
      lastCompaction = clock.instant();
    }
  }

  private void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      failures.increment();
      LOG.log(Level.WARNING, what + " failed, and is tried again: " + e.getMessage());
    }
  }

  public long compactions() {
    return compactions.sum();
  }

  public long failures() {
    return failures.sum();
  }

  /// Waits for what runs.
  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
