package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedPlace;

/// An event on its way to one reader.
///
/// @param place the reader's, when this is settled
public record Told(Telling telling, FeedPlace place) {

  public FeedEvent event() {
    return telling.event();
  }

  /// As it is shown: `{"id", "type", "created_at", "data"}`, the same bytes whenever and wherever
  /// it is told. Not to be changed.
  public byte[] payload() {
    return telling.payload();
  }
}
