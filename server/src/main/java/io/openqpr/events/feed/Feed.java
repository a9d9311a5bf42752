package io.openqpr.events.feed;

import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import java.time.Clock;
import java.util.Optional;

/// The feed, for all who read it: over HTTP, as a stream, as deliveries.
public final class Feed {

  private final FeedStore store;
  private final Journal journal;
  private final Tail tail;
  private final FeedCursor cursor;
  private final String publicUrl;

  Feed(FeedStore store, Journal journal, Clock clock, String publicUrl) {
    this.store = store;
    this.journal = journal;
    this.publicUrl = publicUrl;
    this.cursor = new FeedCursor(store.identity());
    this.tail = new Tail(store, publicUrl, clock);
    journal.hurryWhile(tail::isFollowed);
  }

  /// Goes through what lies behind a place; to be closed.
  public FeedWalk walk(FeedPlace from, FeedFilter filter) {
    return new FeedWalk(store, tail, from, filter);
  }

  /// Goes through what comes from now on; to be closed.
  public FeedWalk walkFromNow(FeedFilter filter) {
    return walk(store.head(), filter);
  }

  /// What lies behind a place now: everything that was answered before this call is seen.
  FeedPage page(FeedPlace after, FeedFilter filter, int limit) {
    journal.awaitApplied();
    return store.page(after, filter, limit);
  }

  /// Behind everything that was answered before this call.
  public FeedPlace head() {
    journal.awaitApplied();
    return store.head();
  }

  /// As clients keep it.
  public String cursor(FeedPlace place) {
    return cursor.text(place);
  }

  /// Empty where the text is no cursor of this feed.
  public Optional<FeedPlace> place(String text) {
    return cursor.parse(text);
  }

  /// As it is told: the same bytes whenever and wherever.
  public byte[] payload(FeedEvent event) {
    return new Telling(event, publicUrl).payload();
  }

  EventView view(FeedEvent event) {
    return EventView.of(event, publicUrl);
  }

  Tail tail() {
    return tail;
  }
}
