package io.openqpr.events.feed;

import io.openqpr.platform.DurableThread;
import io.openqpr.platform.Episode;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Durations;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The server's one reader of the feed's end: reads what comes, once, and keeps the last of it for
/// all who follow. It reads while somebody does.
final class Tail implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Tail.class.getName());

  private static final int EVENTS_AT_ONCE = 500;

  /// Between two questions, so that events come in bunches when there are many.
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  /// It looks by itself too, in case that a word was lost.
  private static final Duration WITHOUT_A_WORD = Duration.ofSeconds(1);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final FeedStore store;
  private final String publicUrl;
  private final Clock clock;
  private final Set<FeedWalk> walks = ConcurrentHashMap.newKeySet();
  private final TailRing ring = new TailRing(HeapShare.FEED.bytes());
  private final Semaphore stirred = new Semaphore(0);
  private final Episode failure =
      new Episode(
          LOG,
          Level.WARNING,
          "the feed cannot be read; who follows it waits",
          "the feed is read again");
  private final DurableThread thread;
  private volatile boolean closing;

  /// Where it reads on; `null` while nobody follows. Guarded by this.
  private @Nullable FeedPlace place;

  final Durations delays =
      new Durations(
          "openqpr_feed_delay_seconds",
          "From a scan, or what else happened, until those who follow the feed are told.",
          0.01,
          0.025,
          0.05,
          0.1,
          0.25,
          0.5,
          1,
          2.5,
          10,
          60);

  Tail(FeedStore store, String publicUrl, Clock clock) {
    this.store = store;
    this.publicUrl = publicUrl;
    this.clock = clock;
    this.thread = DurableThread.start("feed-tail", this::goesOn);
    store.listen(stirred::release);
  }

  /// What a walk needs to change from the store to the tail.
  ///
  /// @param bunch the first that it gets
  /// @param place all that lies behind it is in that bunch or a later one
  record Entrance(long bunch, FeedPlace place) {}

  /// @param from where the walk is
  synchronized Entrance join(FeedWalk walk, FeedPlace from) {
    if (place == null) {
      place = store.head();
      stirred.release();
    }
    walks.add(walk);
    return ring.entrance(from).orElse(new Entrance(ring.end(), place));
  }

  synchronized void leave(FeedWalk walk) {
    walks.remove(walk);
    if (walks.isEmpty()) {
      place = null;
      ring.clear();
    }
  }

  /// `null` where it is not there yet, or not any more: compare with [#isGone].
  TailRing.@Nullable Bunch bunch(long number) {
    return ring.get(number);
  }

  boolean isGone(long bunch) {
    return ring.isGone(bunch);
  }

  Telling telling(FeedEvent event) {
    return new Telling(event, publicUrl);
  }

  boolean isFollowed() {
    return !walks.isEmpty();
  }

  private boolean goesOn() throws InterruptedException {
    if (stirred.tryAcquire(WITHOUT_A_WORD.toNanos(), TimeUnit.NANOSECONDS)) {
      Thread.sleep(BETWEEN_LOOKS);
      stirred.drainPermits();
    }
    try {
      boolean more = true;
      while (more && !closing) {
        more = readOn();
      }
      failure.end();
    } catch (StoreException e) {
      failure.begin(String.valueOf(e.getMessage()));
      Thread.sleep(PAUSE_AFTER_FAILURE);
    }
    return !closing;
  }

  /// @return whether there is more
  private boolean readOn() {
    FeedPlace from;
    synchronized (this) {
      if (place == null) {
        return false;
      }
      from = place;
    }
    FeedPage page = store.follow(from, FeedFilter.ALL, EVENTS_AT_ONCE);
    if (!page.next().equals(from)) {
      publish(from, page);
    }
    return page.more();
  }

  /// All that follow are told together, and those of whom nothing is meant stay asleep.
  private synchronized void publish(FeedPlace from, FeedPage page) {
    if (place != from) {
      return; // everybody left meanwhile, and others may have come
    }
    List<Telling> tellings = page.events().stream().map(this::telling).toList();
    place = page.next();
    long number = ring.end();
    ring.add(new TailRing.Bunch(tellings, from, page.next()));
    page.events().forEach(this::measure);
    for (FeedWalk walk : walks) {
      if (page.events().stream().anyMatch(walk.filter()::matches)) {
        walk.wake();
      } else {
        walk.skip(number, page.next());
      }
    }
  }

  private void measure(FeedEvent event) {
    long millis = Math.max(0, clock.millis() - event.createdAt().toEpochMilli());
    delays.since(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public void close() {
    closing = true;
    stirred.release();
    thread.close();
  }
}
