package io.openqpr.events.webhook;

import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A delivery that is being sent. Guarded by its sender.
final class Flight {

  final Delivery delivery;
  final byte[] body;

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

  boolean settled;

  private Flight(
      Delivery delivery,
      byte[] body,
      int attempts,
      Instant createdAt,
      @Nullable FeedPlace behind,
      @Nullable Waiting waited,
      @Nullable Instant happenedAt) {
    this.delivery = delivery;
    this.body = body;
    this.attempts = attempts;
    this.createdAt = createdAt;
    this.behind = behind;
    this.waited = waited;
    this.happenedAt = happenedAt;
  }

  static Flight ofStream(
      Delivery delivery, byte[] body, Instant now, FeedPlace behind, Instant happenedAt) {
    return new Flight(delivery, body, 0, now, behind, null, happenedAt);
  }

  static Flight again(Waiting waited, byte[] body) {
    return new Flight(
        waited.delivery(), body, waited.attempts(), waited.createdAt(), null, waited, null);
  }
}
