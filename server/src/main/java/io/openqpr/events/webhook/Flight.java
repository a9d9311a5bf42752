package io.openqpr.events.webhook;

import io.openqpr.events.webhook.Upcoming.Next;
import io.openqpr.events.webhook.post.PostBody;
import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A delivery that is being sent. Guarded by its ledger, but for what is sent, which its thread
/// alone has.
final class Flight {

  final Delivery delivery;

  /// Attempts made before this one.
  final int attempts;

  /// When it was first sent.
  final Instant createdAt;

  /// Behind it in the feed; `null` for one that waited beside the stream.
  final @Nullable FeedPlace behind;

  /// Where it waited; `null` for one of the stream.
  final @Nullable Waiting waited;

  /// When what it tells of happened, for a first attempt.
  final @Nullable Instant happenedAt;

  /// Of the heap while it is sent, in bytes.
  final long weight;

  private @Nullable Next next;
  private @Nullable PostBody body;
  boolean settled;

  private Flight(
      Delivery delivery,
      int attempts,
      Instant createdAt,
      @Nullable FeedPlace behind,
      @Nullable Waiting waited,
      @Nullable Instant happenedAt,
      long weight) {
    this.delivery = delivery;
    this.attempts = attempts;
    this.createdAt = createdAt;
    this.behind = behind;
    this.waited = waited;
    this.happenedAt = happenedAt;
    this.weight = weight;
  }

  static Flight ofStream(Delivery delivery, Next next, Instant now) {
    var flight =
        new Flight(
            delivery,
            0,
            now,
            next.told().getLast().place(),
            null,
            next.happenedAt(),
            next.weight());
    flight.next = next;
    return flight;
  }

  static Flight again(Waiting waited, PostBody body) {
    var flight =
        new Flight(
            waited.delivery(),
            waited.attempts(),
            waited.createdAt(),
            null,
            waited,
            null,
            body.length());
    flight.body = body;
    return flight;
  }

  /// What is sent, written now; it is kept by nobody.
  PostBody body() {
    Next first = next;
    PostBody again = body;
    next = null;
    body = null;
    if (first != null) {
      return Bodies.of(delivery, first.told(), first.batch());
    }
    return again == null ? PostBody.EMPTY : again;
  }
}
