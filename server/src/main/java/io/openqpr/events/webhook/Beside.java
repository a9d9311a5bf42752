package io.openqpr.events.webhook;

import io.openqpr.storage.store.Waiting;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What of a webhook waits beside its stream, and what of that is being sent again: up to half as
/// much at once as of the stream, lest that never comes to it. Guarded by its ledger.
final class Beside {

  private static final int MOST_QUEUED = 200;

  /// Due, and no room for it yet.
  private final ArrayDeque<Waiting> queued = new ArrayDeque<>();

  /// Read, and to be sent.
  private final ArrayDeque<Flight> ready = new ArrayDeque<>();

  private int open;
  private int waiting;
  private long changedNanos = System.nanoTime();

  /// @param waiting until the store was asked
  Beside(int waiting) {
    this.waiting = waiting;
  }

  /// Are to be tried again, whenever.
  int waiting() {
    return waiting;
  }

  /// Under way, or about to be.
  int open() {
    return open;
  }

  /// What was found due.
  enum Place {
    /// To be read and sent.
    NOW,
    /// To be asked for with [#next].
    SOON,
    /// There is no room: it will be found again.
    NONE
  }

  Place take(Waiting again, int limit) {
    if (open < most(limit)) {
      open++;
      return Place.NOW;
    }
    if (queued.size() < MOST_QUEUED) {
      queued.add(again);
      return Place.SOON;
    }
    return Place.NONE;
  }

  private static int most(int limit) {
    return Math.max(1, limit / 2);
  }

  @Nullable Waiting next(int limit) {
    if (queued.isEmpty() || open >= most(limit)) {
      return null;
    }
    open++;
    return queued.remove();
  }

  void ready(Flight flight) {
    ready.add(flight);
  }

  @Nullable Flight peek() {
    return ready.peek();
  }

  Flight remove() {
    return ready.remove();
  }

  /// One that was to be sent was, or was not after all.
  void ended() {
    open--;
  }

  void changed(int by) {
    waiting = Math.max(0, waiting + by);
    touched();
  }

  /// What the store knows is different from now on.
  void touched() {
    changedNanos = System.nanoTime();
  }

  /// @param inStore as it was when it was asked
  /// @return whether that is news
  boolean counted(int inStore, long askedNanos) {
    if (open > 0 || askedNanos - changedNanos <= 0) {
      return false;
    }
    waiting = inStore;
    return true;
  }
}
