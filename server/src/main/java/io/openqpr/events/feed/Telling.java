package io.openqpr.events.feed;

import io.openqpr.model.EventType;
import io.openqpr.storage.journal.SyncedEvent;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.web.http.Json;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An event and its payload, which is written once for all who are told, and of which nothing is
/// made before somebody wants it: of what only lies in the journal so far, the event neither.
public final class Telling {

  private final int line;
  private final long position;
  private final int account;
  private final int code;
  private final EventType type;
  private final int weight;
  private final String publicUrl;
  private final @Nullable SyncedEvent synced;
  private volatile @Nullable FeedEvent event;
  private volatile byte @Nullable [] payload;

  Telling(FeedEvent event, String publicUrl) {
    this.line = event.line();
    this.position = event.position();
    this.account = event.account();
    this.code = event.code();
    this.type = event.type();
    this.weight = 2 * event.weight();
    this.synced = null;
    this.event = event;
    this.publicUrl = publicUrl;
  }

  /// @param scan of the journal that is this line
  Telling(SyncedEvent scan, int line, String publicUrl) {
    this.line = line;
    this.position = scan.position();
    this.account = scan.account();
    this.code = scan.code();
    this.type = EventType.SCAN_CREATED;
    this.weight = 600 + 6 * scan.bytes();
    this.synced = scan;
    this.publicUrl = publicUrl;
  }

  int line() {
    return line;
  }

  long position() {
    return position;
  }

  int account() {
    return account;
  }

  int code() {
    return code;
  }

  /// As the filter says of the event, which is only made where the visit counts.
  boolean matches(FeedFilter filter) {
    return (filter.account() == null || filter.account() == account)
        && (filter.code() == null || filter.code() == code)
        && filter.types().contains(type)
        && (filter.visit().isAny() || filter.matches(event()));
  }

  boolean isIn(FeedPlace place) {
    return place.in(line) >= position;
  }

  /// Two threads may make it at the same time, and make the same.
  FeedEvent event() {
    FeedEvent made = event;
    if (made == null) {
      made = FeedEvent.created(Objects.requireNonNull(synced).scan(), line, position);
      event = made;
    }
    return made;
  }

  /// As [#event].
  byte[] payload() {
    byte[] written = payload;
    if (written == null) {
      written = Json.write(EventView.of(event(), publicUrl));
      payload = written;
    }
    return written;
  }

  /// How long ago it happened.
  long ageMillis(Clock clock) {
    FeedEvent made = event;
    long at = made == null ? Objects.requireNonNull(synced).at() : made.createdAt().toEpochMilli();
    return Math.max(0, clock.millis() - at);
  }

  /// Of the heap, in bytes, rather too much: the event and its payload.
  int weight() {
    return weight;
  }
}
