package io.openqpr.storage.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Those whose events are synced and who wait for the store as well, in the order of their groups.
/// A whole group is woken at once and each of them sleeps only once, on the disk and the store
/// together: waking and locking for each step cost more than all the rest of a scan.
///
/// They are no more than the requests that run at one time.
final class StoreWait {

  private final Duration limit;
  private final LongSupplier nanos;
  private final ArrayDeque<Group> groups = new ArrayDeque<>();
  private long applied;
  private boolean away;
  private boolean taken;

  private record Group(long position, long deadlineNanos, List<Append> appends) {}

  /// @param limit for each group; zero when nobody waits for the store
  /// @param applied what the store has
  StoreWait(Duration limit, long applied, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
    this.applied = applied;
  }

  boolean isUsed() {
    return !limit.isZero();
  }

  /// The events up to `position` are durable.
  void add(long position, List<Append> durable) {
    if (!isUsed()) {
      complete(durable, Receipt.DURABLE);
    } else if (!enqueue(position, durable)) {
      complete(durable, receipt(position));
    }
  }

  private synchronized boolean enqueue(long position, List<Append> durable) {
    if (away || position <= applied) {
      return false;
    }
    long deadline = nanos.getAsLong() + limit.toNanos();
    groups.add(new Group(position, deadline, List.copyOf(durable)));
    return true;
  }

  /// The store has everything up to `position`.
  void applied(long position) {
    synchronized (this) {
      applied = position;
    }
    releaseDone();
  }

  /// While the store is away nobody waits for it.
  void away(boolean isAway) {
    synchronized (this) {
      away = isAway;
    }
    releaseDone();
  }

  /// Another server has the journal: what the store does not have by now, it never gets from here.
  void taken() {
    synchronized (this) {
      away = true;
      taken = true;
    }
    releaseDone();
  }

  private synchronized Receipt receipt(long position) {
    return taken && position > applied ? Receipt.TAKEN : Receipt.DURABLE;
  }

  /// Wakes those who have nothing to wait for any more, or have waited long enough. To be called
  /// again and again.
  void releaseDone() {
    Group done;
    while ((done = nextDone(nanos.getAsLong())) != null) {
      complete(done.appends(), receipt(done.position()));
    }
  }

  private synchronized @Nullable Group nextDone(long nowNanos) {
    Group first = groups.peek();
    boolean done =
        first != null
            && (away || first.position() <= applied || first.deadlineNanos() - nowNanos <= 0);
    return done ? groups.poll() : null;
  }

  private static void complete(List<Append> synced, Receipt receipt) {
    for (Append append : synced) {
      append.complete(receipt);
    }
  }
}
