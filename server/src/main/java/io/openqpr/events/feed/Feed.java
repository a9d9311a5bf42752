package io.openqpr.events.feed;

import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The feed, for all who read it: over HTTP, as a stream, as deliveries.
public final class Feed {

  private final FeedStore store;
  private final Journal journal;
  private final Tail tail;
  private final FeedPast past;
  private final FeedCursor cursor;
  private final String publicUrl;

  Feed(FeedStore store, Journal journal, Clock clock, String publicUrl) {
    this.store = store;
    this.journal = journal;
    this.publicUrl = publicUrl;
    this.cursor = new FeedCursor(store.identity());
    OptionalInt own = store.lineOfOne(journal.name());
    this.past = new FeedPast(store, journal, own);
    this.tail = new Tail(store, journal, own, publicUrl, clock);
  }

  /// Goes through what lies behind a place; to be closed.
  public FeedWalk walk(FeedPlace from, FeedFilter filter) {
    return walk(from, filter, Duration.ZERO);
  }

  /// As [#walk].
  ///
  /// @param pace what comes is told at once, but after that nothing for so long
  public FeedWalk walk(FeedPlace from, FeedFilter filter, Duration pace) {
    return new FeedWalk(past, tail, past.possible(from), filter, pace);
  }

  /// Goes through what comes from now on; to be closed.
  ///
  /// @param pace as of [#walk]
  public FeedWalk walkFromNow(FeedFilter filter, Duration pace) {
    return walk(FeedPlace.START, filter, pace).fromNow();
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

  /// Waits until the store has an event that was told: it may be told before.
  ///
  /// @throws io.openqpr.storage.store.StoreException when the store does not take it in time
  public void awaitStored(int line, long position) {
    past.awaitStored(line, position);
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

  List<Counter> counters() {
    return List.of(
        new Counter(
            "openqpr_feed_left_out_total",
            "Events that did not fit into memory on their way to those who follow the feed, and were read from the store.",
            journal.synced()::leftOutEvents),
        new Counter(
            "openqpr_feed_small_pages_total",
            "Times that a reader of the feed who is behind read little at once, since others hold the memory for more.",
            past::smallPages));
  }
}
