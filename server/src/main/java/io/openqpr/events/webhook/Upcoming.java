package io.openqpr.events.webhook;

import io.openqpr.events.feed.Told;
import io.openqpr.storage.store.Webhook;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What of the stream comes next and waits for room: as many requests as may be under way, and as
/// many again, so that a request that ends is followed by one without a word to whoever reads the
/// feed. Guarded by its ledger.
final class Upcoming {

  /// For how long what was read may be sent as it was; then some of it may have been erased.
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// @param told at least one; more only of a batch
  /// @param weight of the heap, in bytes
  /// @param readNanos when it was read, or before
  record Next(List<Told> told, boolean batch, long weight, long readNanos) {

    Next(List<Told> told, boolean batch, long readNanos) {
      this(told, batch, Bodies.weight(told), readNanos);
    }

    boolean isFresh() {
      return System.nanoTime() - readNanos < FRESH_NANOS;
    }

    Instant happenedAt() {
      return told.getFirst().event().createdAt();
    }
  }

  private final ArrayDeque<Next> all = new ArrayDeque<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  @Nullable Next peek() {
    return all.peek();
  }

  Next remove() {
    return all.remove();
  }

  void clear() {
    all.clear();
  }

  void add(List<Told> told, boolean batch, long readNanos) {
    if (batch) {
      all.add(new Next(told, true, readNanos));
    } else {
      told.forEach(one -> all.add(new Next(List.of(one), false, readNanos)));
    }
  }

  /// How many more may be read, once it is worth it; 0 while they may not.
  ///
  /// @param limit of requests at once
  /// @param hasRoom whether one may begin
  int room(Webhook.Way way, int limit, boolean hasRoom) {
    if (way.rate() > 0) {
      // One at a time, when it may begin: paced is what begins.
      return all.isEmpty() && hasRoom ? way.batch() : 0;
    }
    if (way.batch() > 1) {
      return all.isEmpty() ? way.batch() : 0;
    }
    return all.size() <= limit ? 2 * limit - all.size() : 0;
  }
}
