package io.openqpr.storage.duckdb;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// After some failures, such as a disk that fills up during a checkpoint, DuckDB refuses everything
/// until its file was closed and opened again. One thread does that, and tries until it works: what
/// was committed is in the file and its log, and scans wait in the journal meanwhile.
final class Revival {

  private static final Logger LOG = System.getLogger(Revival.class.getName());
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  private final Runnable attempt;
  private final AtomicReference<@Nullable Thread> underWay = new AtomicReference<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /// @param attempt closes and opens the file; throws [StoreException] when it cannot
  Revival(Runnable attempt) {
    this.attempt = attempt;
  }

  boolean isUnderWay() {
    return underWay.get() != null;
  }

  /// Returns at once.
  void begin(String because) {
    Thread thread = Thread.ofPlatform().daemon().name("store-revival").unstarted(this::run);
    if (closing.getCount() > 0 && underWay.compareAndSet(null, thread)) {
      LOG.log(
          Level.ERROR,
          "the database file answers nothing any more and is opened again: "
              + because.lines().findFirst().orElse(""));
      thread.start();
    }
  }

  private void run() {
    try {
      while (!isDone() && !closing.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS)) {
        // once more
      }
    } catch (InterruptedException e) {
      // nobody does
    } finally {
      underWay.set(null);
    }
  }

  private boolean isDone() {
    try {
      attempt.run();
      LOG.log(Level.INFO, "the database file is open again");
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the database file cannot be opened yet", e);
      return false;
    }
  }

  /// Waits for the attempt that runs; none follows.
  void close() {
    closing.countDown();
    Thread thread = underWay.get();
    if (thread == null) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
