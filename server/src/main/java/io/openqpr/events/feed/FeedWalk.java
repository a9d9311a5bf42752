package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One reader's way through the feed, without a gap and nothing twice: from the store while it is
/// behind, and from the server's [Tail] when it has caught up. While it waits it costs nothing but
/// its place. For one thread.
public final class FeedWalk implements AutoCloseable {

  /// Read of the store at once, while it is behind.
  private static final int PAGE = 200;

  private final FeedStore store;
  private final Tail tail;
  private final FeedFilter filter;
  private final Semaphore woken = new Semaphore(0);

  /// Found, and not told yet.
  private final ArrayDeque<Telling> waiting = new ArrayDeque<>();

  private FeedPlace place;
  private FeedPlace behindWaiting;
  private Tail.@Nullable Entrance entrance;

  /// The next bunch of the tail; -1 while it reads the store.
  private long bunch = -1;

  private int losses;

  FeedWalk(FeedStore store, Tail tail, FeedPlace from, FeedFilter filter) {
    this.store = store;
    this.tail = tail;
    this.filter = filter;
    this.place = from;
    this.behindWaiting = from;
  }

  private synchronized void enter(Tail.Entrance at) {
    entrance = at;
    moveTo(place.and(at.place()));
    bunch = at.bunch();
  }

  /// What comes next: at once while there is something, and empty when nothing came in time.
  ///
  /// @param most events
  /// @throws io.openqpr.storage.store.StoreException when the store does not answer; it may be
  ///   asked again
  public List<Told> next(int most, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      woken.drainPermits();
      boolean more = gather();
      List<Told> told = taken(most);
      long left = deadline - System.nanoTime();
      if (!told.isEmpty() || left <= 0) {
        return told;
      }
      if (!more && !woken.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        return List.of();
      }
    }
  }

  /// Behind all that [#next] told, and what else needs not be looked at again.
  public synchronized FeedPlace place() {
    return place;
  }

  /// How often it was so slow that it had to go back to the store.
  public synchronized int losses() {
    return losses;
  }

  FeedFilter filter() {
    return filter;
  }

  /// Something is meant for it; any thread.
  void wake() {
    woken.release();
  }

  /// Nothing of this bunch is meant for it; any thread. It need not wake up for that.
  synchronized void skip(long number, FeedPlace behind) {
    if (bunch == number && waiting.isEmpty()) {
      bunch++;
      moveTo(place.and(behind));
    }
  }

  private synchronized List<Told> taken(int most) {
    var told = new ArrayList<Told>();
    while (told.size() < most && !waiting.isEmpty()) {
      Telling telling = waiting.remove();
      place =
          waiting.isEmpty()
              ? behindWaiting
              : place.with(telling.event().line(), telling.event().position());
      told.add(new Told(telling, place));
    }
    return told;
  }

  /// Looks for what comes next, where nothing waits.
  ///
  /// @return whether it is worth to come again at once
  private boolean gather() {
    synchronized (this) {
      if (!waiting.isEmpty()) {
        return true;
      }
      if (bunch >= 0) {
        return gatherLive();
      }
    }
    gatherStored();
    return true;
  }

  private void gatherStored() {
    // First of all: what happens while the store is asked is in the tail then.
    Tail.Entrance at = entrance == null ? tail.join(this, place) : entrance;
    entrance = at;
    if (place.includes(at.place())) {
      enter(at);
      return;
    }
    FeedPage page = store.follow(place, filter, PAGE);
    synchronized (this) {
      page.events().forEach(event -> waiting.add(tail.telling(event)));
      moveTo(page.next());
    }
  }

  private boolean gatherLive() {
    while (waiting.isEmpty()) {
      TailRing.Bunch next = tail.bunch(bunch);
      if (next == null) {
        return tail.isGone(bunch) && goBack();
      }
      for (Telling telling : next.tellings()) {
        if (filter.matches(telling.event()) && !place.has(telling.event())) {
          waiting.add(telling);
        }
      }
      bunch++;
      moveTo(place.and(next.place()));
    }
    return true;
  }

  private boolean goBack() {
    losses++;
    bunch = -1;
    entrance = null;
    return true;
  }

  private void moveTo(FeedPlace next) {
    behindWaiting = next;
    if (waiting.isEmpty()) {
      place = next;
    }
  }

  @Override
  public void close() {
    tail.leave(this);
  }
}
