package io.openqpr.events.webhook;

import io.openqpr.storage.store.FeedPlace;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The stream's deliveries that were begun, in its order, and the place up to which all ended.
/// Guarded by its ledger.
final class Course {

  private final ArrayDeque<Flight> begun = new ArrayDeque<>();
  private FeedPlace place;
  private long sequence;

  /// Behind what was begun last, and its number.
  private FeedPlace begunTo;

  private long begunSequence;

  Course(FeedPlace place, long sequence) {
    this.place = place;
    this.begunTo = place;
    this.sequence = sequence;
    this.begunSequence = sequence;
  }

  /// All before it ended.
  FeedPlace place() {
    return place;
  }

  /// Of the last one before the place.
  long sequence() {
    return sequence;
  }

  FeedPlace begunTo() {
    return begunTo;
  }

  long nextSequence() {
    return begunSequence + 1;
  }

  void begin(Flight flight, FeedPlace behind) {
    begun.add(flight);
    begunTo = behind;
    begunSequence = flight.delivery.sequence();
  }

  /// Nothing on the way to here was meant for it.
  void moved(FeedPlace to) {
    begunTo = to;
    if (begun.isEmpty()) {
      place = to;
    }
  }

  /// Moves over what ended.
  ///
  /// @return how many
  int pass() {
    int passed = 0;
    Flight first;
    while ((first = begun.peek()) != null && first.settled) {
      begun.remove();
      place = first.behind == null ? place : first.behind;
      sequence = first.delivery.sequence();
      passed++;
    }
    return passed;
  }

  /// When happened what was begun first and is not passed yet; `null` where there is none.
  @Nullable Instant oldest() {
    Flight first = begun.peek();
    return first == null ? null : first.happenedAt;
  }
}
