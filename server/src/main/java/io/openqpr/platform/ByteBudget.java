package io.openqpr.platform;

import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Gauge;
import io.openqpr.platform.metric.Label;
import io.openqpr.platform.metric.Metric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A part of the heap that many share: whoever is about to hold some of it takes it here first, and
/// waits its turn for a while where too much is held. May be used from any thread.
public final class ByteBudget {

  /// What is counted: a semaphore's number is too small for bytes.
  private static final int UNIT_BYTES = 1 << 10;

  private final String name;
  private final int units;
  private final Duration patience;
  private final Semaphore free;
  private final LongAdder refused = new LongAdder();

  /// @param name in metrics
  /// @param patience how long one waits for others to give back
  public ByteBudget(String name, long bytes, Duration patience) {
    this.name = name;
    this.units = (int) Math.clamp(bytes / UNIT_BYTES, 1, Integer.MAX_VALUE);
    this.patience = patience;
    // Not in turns: what fits now does not wait behind something large that does not.
    this.free = new Semaphore(units);
  }

  /// What one holds: nothing yet.
  public Holding open() {
    return new Holding();
  }

  /// All that there is.
  public long bytes() {
    return (long) units * UNIT_BYTES;
  }

  /// How many found none in time since the start.
  public long refused() {
    return refused.sum();
  }

  public List<Metric> metrics() {
    var label = List.of(new Label("budget", name));
    return List.of(
        new Gauge(
            "openqpr_budget_bytes",
            label,
            "Bytes of the heap that are held, by what for.",
            () -> (long) (units - free.availablePermits()) * UNIT_BYTES),
        new Counter(
            "openqpr_budget_refused_total",
            label,
            "Requests refused because no room of the heap became free in time.",
            refused::sum));
  }

  /// A part of the budget, for one thread at a time.
  public final class Holding implements AutoCloseable {

    private int held;

    private Holding() {}

    /// Holds so many bytes more, and all that there are where it is asked for more than these.
    ///
    /// @return false where they did not become free in time; it holds what it held before then
    public boolean add(long bytes) {
      int more = (int) Math.min(unitsOf(bytes), units - held);
      if (!taken(more)) {
        refused.increment();
        return false;
      }
      held += more;
      return true;
    }

    private boolean taken(int more) {
      try {
        return free.tryAcquire(more, patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /// Holds no more than that from now on.
    public void lowerTo(long bytes) {
      int less = (int) Math.max(0, held - unitsOf(bytes));
      held -= less;
      free.release(less);
    }

    private static long unitsOf(long bytes) {
      return (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
    }

    /// Whether it holds none.
    public boolean isEmpty() {
      return held == 0;
    }

    /// Gives all back; a second time nothing.
    @Override
    public void close() {
      lowerTo(0);
    }
  }
}
