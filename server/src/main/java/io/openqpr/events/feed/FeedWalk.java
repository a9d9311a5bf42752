package io.openqpr.events.feed;

import io.openqpr.platform.ByteBudget;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One reader's way through the feed, without a gap and nothing twice: from the store while it is
/// behind, and from the server's [Tail] when it has caught up. While it waits it costs nothing but
/// its place. For one thread.
public final class FeedWalk implements AutoCloseable {

  /// No bunch concerns it.
  static final long NOTHING = Long.MAX_VALUE;

  private final FeedPast past;
  private final Tail tail;
  private final FeedFilter filter;
  private final long paceNanos;
  private final Semaphore woken = new Semaphore(0);

  /// Held while events of a large page wait.
  private final ByteBudget.Holding room;

  /// Found, and not told yet.
  private final ArrayDeque<Telling> waiting = new ArrayDeque<>();

  /// The first bunch of the tail in which there is something for it, and that was not looked at.
  private final AtomicLong concern = new AtomicLong(NOTHING);

  private FeedPlace place;
  private FeedPlace behindWaiting;
  private Tail.@Nullable Entrance entrance;
  private boolean live;

  /// The last look did not reach the end.
  private boolean hasMore;

  private long nextBunch;
  private int losses;

  /// Before then it does not want to be told more.
  private volatile long dueNanos = System.nanoTime();

  /// @param pace between two tellings, at least
  FeedWalk(FeedPast past, Tail tail, FeedPlace from, FeedFilter filter, Duration pace) {
    this.past = past;
    this.tail = tail;
    this.filter = filter;
    this.room = past.room();
    this.paceNanos = pace.toNanos();
    this.place = from;
    this.behindWaiting = from;
  }

  /// Nothing that was answered before this call is told, and everything after it.
  FeedWalk fromNow() {
    // In this order: what lies behind the head is in the tail then.
    Tail.Entrance at = tail.join(this, place);
    moveTo(past.head());
    enter(at);
    return this;
  }

  /// What comes next: at once while there is something, and empty when nothing came in time.
  ///
  /// @param most events
  /// @throws io.openqpr.storage.store.StoreException when the store does not answer; it may be
  ///   asked again
  public List<Told> next(int most, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      if (!isWorthALook() && !woken.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        return List.of();
      }
      woken.drainPermits();
      hasMore = gather(most);
      List<Told> told = taken(most);
      long now = System.nanoTime();
      if (!told.isEmpty() || now >= deadline) {
        dueNanos = now + paceNanos;
        return told;
      }
    }
  }

  /// One with a pace is woken in its turn, and does not look before that.
  private boolean isWorthALook() {
    return hasMore || !live || !waiting.isEmpty() || (paceNanos == 0 && concern.get() != NOTHING);
  }

  /// Behind all that [#next] told, and what else needs not be looked at again.
  public FeedPlace place() {
    FeedPlace told = tail.told();
    if (live && waiting.isEmpty() && concern.get() == NOTHING) {
      moveTo(place.and(told));
    }
    return place;
  }

  /// How often it was so slow that it had to go back to the store.
  public int losses() {
    return losses;
  }

  FeedFilter filter() {
    return filter;
  }

  /// Something in this bunch is meant for it; any thread.
  ///
  /// @return whether that is news
  boolean concerns(long bunch) {
    return concern.compareAndSet(NOTHING, bunch);
  }

  /// When it joins the tail, or joins it anew.
  void joins(long bunch) {
    concern.set(bunch);
  }

  /// Whether it is to be woken at once whenever something concerns it.
  boolean isUrgent() {
    return paceNanos == 0;
  }

  /// Whether its pace allows to wake it; any thread.
  boolean isDue(long nanos) {
    return nanos - dueNanos >= 0;
  }

  /// Any thread.
  void wake() {
    woken.release();
  }

  private List<Told> taken(int most) {
    var told = new ArrayList<Told>(Math.min(most, waiting.size()));
    while (told.size() < most && !waiting.isEmpty()) {
      Telling telling = waiting.remove();
      place = waiting.isEmpty() ? behindWaiting : place.with(telling.line(), telling.position());
      told.add(new Told(telling, place));
    }
    if (waiting.isEmpty()) {
      room.close();
    }
    return told;
  }

  /// Looks for what comes next, where nothing waits.
  ///
  /// @return whether it is worth to come again at once
  private boolean gather(int most) {
    if (!waiting.isEmpty()) {
      return true;
    }
    if (live) {
      return gatherLive(most);
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
    FeedPage page = past.page(place, at.place(), filter, room);
    page.events().forEach(event -> waiting.add(tail.telling(event)));
    moveTo(page.next());
  }

  private void enter(Tail.Entrance at) {
    entrance = null;
    long first = concern.get();
    long number = Math.max(first, at.bunch());
    if (first != NOTHING && number < tail.end() && tail.bunch(number) == null) {
      // It took so long that the tail has moved on: the way in is another by now.
      concern.set(NOTHING);
      return;
    }
    live = true;
    hasMore = true;
    nextBunch = at.bunch();
    moveTo(place.and(at.place()));
  }

  private boolean gatherLive(int most) {
    long first = concern.getAndSet(NOTHING);
    if (first == NOTHING) {
      return false;
    }
    long number = Math.max(first, nextBunch);
    long end = tail.end();
    FeedPlace reached = place;
    while (number < end && waiting.size() < most) {
      Bunch bunch = tail.bunch(number);
      if (bunch == null) {
        goBack();
        return true;
      }
      for (Telling telling : bunch.near(filter)) {
        if (telling.matches(filter) && !telling.isIn(place)) {
          waiting.add(telling);
        }
      }
      reached = bunch.place();
      number++;
    }
    nextBunch = number;
    if (number < end) {
      concern.accumulateAndGet(number, Math::min);
    }
    moveTo(place.and(reached));
    return number < end;
  }

  private void goBack() {
    losses++;
    live = false;
    entrance = null;
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
    room.close();
  }
}
