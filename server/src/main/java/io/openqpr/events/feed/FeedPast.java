package io.openqpr.events.feed;

import io.openqpr.platform.ByteBudget;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import java.time.Duration;
import java.util.OptionalInt;

/// The feed as the store has it, for walks that are behind. Any thread.
final class FeedPast {

  /// For walks that find a part of the heap free for it: a question costs the store far more than a
  /// row.
  private static final int LARGE_PAGE = 2_000;

  /// For all others.
  private static final int PAGE = 200;

  private static final int EVENT_BYTES = 2_500;

  private final FeedStore store;
  private final Journal journal;
  private final OptionalInt own;
  private final ByteBudget pages =
      new ByteBudget("feed_pages", HeapShare.FEED_PAGES.bytes(), Duration.ZERO);

  private final int largePage = (int) Math.clamp(pages.bytes() / EVENT_BYTES, PAGE, LARGE_PAGE);

  FeedPast(FeedStore store, Journal journal, OptionalInt own) {
    this.store = store;
    this.journal = journal;
    this.own = own;
  }

  /// Behind everything that was answered before this call, whether the store has it yet or not.
  FeedPlace head() {
    FeedPlace head = store.head();
    return own.isEmpty() ? head : head.with(own.getAsInt(), durable());
  }

  /// No place lies behind what is durable, unless a part of the journal was lost meanwhile: what
  /// comes in its stead is to be told.
  FeedPlace possible(FeedPlace place) {
    return own.isPresent() && place.in(own.getAsInt()) > durable()
        ? place.with(own.getAsInt(), durable())
        : place;
  }

  void awaitStored(int line, long position) {
    if (own.isPresent() && own.getAsInt() == line) {
      journal.awaitApplied(Math.min(position, durable()));
    }
  }

  private long durable() {
    return journal.synced().durable();
  }

  /// How many pages were small ones for want of room.
  long smallPages() {
    return pages.refused();
  }

  ByteBudget.Holding room() {
    return pages.open();
  }

  /// @param until where the tail begins: a page that has nothing more was waited for, until the
  ///   store has all that
  /// @param room empty, and taken for a large page where there is some
  FeedPage page(FeedPlace after, FeedPlace until, FeedFilter filter, ByteBudget.Holding room) {
    boolean large = room.add((long) largePage * EVENT_BYTES);
    FeedPage page = store.follow(after, filter, large ? largePage : PAGE);
    if (own.isPresent() && page.events().isEmpty() && !page.more()) {
      journal.awaitApplied(until.in(own.getAsInt()));
    }
    return page;
  }
}
