package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedEvent;
import io.openqpr.web.http.Json;
import org.jspecify.annotations.Nullable;

/// An event and its payload, which is written once for all who are told.
public final class Telling {

  private final FeedEvent event;
  private final String publicUrl;
  private byte @Nullable [] payload;

  Telling(FeedEvent event, String publicUrl) {
    this.event = event;
    this.publicUrl = publicUrl;
  }

  FeedEvent event() {
    return event;
  }

  /// Two threads may write it at the same time, and write the same.
  byte[] payload() {
    byte[] written = payload;
    if (written == null) {
      written = Json.write(EventView.of(event, publicUrl));
      payload = written;
    }
    return written;
  }

  /// Of the heap, in bytes, rather too much: the event and its payload.
  int weight() {
    return 2 * event.weight();
  }
}
