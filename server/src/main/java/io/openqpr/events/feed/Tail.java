package io.openqpr.events.feed;

import io.openqpr.platform.Background;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Durations;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The feed's end, as far as this server knows: what comes is told once for all who follow, and the
/// last of it is kept for them. Scans of this server's own are told as soon as they are durable
/// where no other server reads the store; everything else as soon as the store has it, which has to
/// be asked for it ([TailReader]).
///
/// Its thread gives way to those who scan, looks again and again while somebody follows, and wakes
/// nobody itself: [Background].
final class Tail implements AutoCloseable {

  /// While something happens; so events come in bunches when there are many.
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  /// While nothing happens.
  private static final Duration BETWEEN_IDLE_LOOKS = Duration.ofMillis(15);

  private static final Duration IDLE_AFTER = Duration.ofSeconds(1);

  /// It asks the store by itself too, in case that a word was lost.
  private static final Duration WITHOUT_A_WORD = Duration.ofSeconds(1);

  /// After the last of those who follow has left: others come soon, mostly.
  private static final Duration AFTER_THE_LAST = Duration.ofSeconds(5);

  private static final int SCANS_AT_ONCE = 2_000;

  /// Of those with a pace, woken a second, each in its turn: what writing to them costs is a small
  /// part of a processor, however many they are and whatever happens.
  private static final int WOKEN_A_SECOND = 2_000;

  /// Of them, after a while in which there were fewer.
  private static final int WOKEN_AT_ONCE = 500;

  private final FeedStore store;
  private final String publicUrl;
  private final Clock clock;
  private final @Nullable OwnLine own;
  private final TailReader reader;
  private final Followers followers = new Followers();
  private final TailRing ring = new TailRing(HeapShare.FEED.bytes() / 4 * 3);
  private final DurableThread thread;

  private volatile boolean stirred;
  private volatile boolean closing;
  private volatile @Nullable Thread sleeper;

  /// Where it reads on; `null` while nobody follows. Begun by whoever follows first, then moved by
  /// the thread; with the lock held, together with the ring.
  private volatile @Nullable FeedPlace place;

  /// As [#place], when all have been told of it who are concerned.
  private volatile FeedPlace told = FeedPlace.START;

  /// Concerned, and to be woken in their turn. All below is the thread's.
  private final List<FeedWalk> later = new ArrayList<>();

  private double mayWake = WOKEN_AT_ONCE;
  private long wokenNanos = System.nanoTime();

  private boolean asking;
  private long askedNanos = System.nanoTime();
  private long followedNanos = System.nanoTime();
  private long toldNanos = System.nanoTime();

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

  /// @param line that is this server's journal, where no other server reads the store
  Tail(FeedStore store, Journal journal, OptionalInt line, String publicUrl, Clock clock) {
    this.store = store;
    this.publicUrl = publicUrl;
    this.clock = clock;
    this.own = line.isEmpty() ? null : new OwnLine(journal.synced(), line.getAsInt());
    this.reader = new TailReader(store, journal);
    store.listen(this::stir);
    this.thread = DurableThread.background("feed-tail", this::goesOn);
  }

  private void stir(int line) {
    if (own == null || line != own.number()) {
      stirred = true;
    }
  }

  /// What a walk needs to change from the store to the tail.
  ///
  /// @param bunch the first that it gets
  /// @param place all that lies behind it is in that bunch or a later one
  record Entrance(long bunch, FeedPlace place) {}

  /// From now on the walk is told what concerns it.
  ///
  /// @param from where the walk is
  synchronized Entrance join(FeedWalk walk, FeedPlace from) {
    FeedPlace now = place;
    if (now == null) {
      now = store.head();
      if (own != null) {
        now = now.with(own.number(), own.begin());
      }
      place = now;
      told = now;
      LockSupport.unpark(sleeper);
    }
    Entrance at = ring.entrance(from).orElse(new Entrance(ring.end(), now));
    walk.joins(at.bunch() < ring.end() ? at.bunch() : FeedWalk.NOTHING);
    followers.add(walk);
    return at;
  }

  void leave(FeedWalk walk) {
    followers.remove(walk);
  }

  /// `null` where it is not there any more.
  @Nullable Bunch bunch(long number) {
    return ring.get(number);
  }

  /// The number of the next bunch.
  long end() {
    return ring.end();
  }

  /// Up to where every walk knows what concerns it: asked before whether something does.
  FeedPlace told() {
    return told;
  }

  Telling telling(FeedEvent event) {
    return new Telling(event, publicUrl);
  }

  private boolean goesOn() {
    sleep();
    FeedPlace from = place;
    if (from != null) {
      long now = System.nanoTime();
      if (!followers.isEmpty()) {
        followedNanos = now;
      }
      look(from, now);
      wakeWhoIsDue(now);
      if (now - followedNanos > AFTER_THE_LAST.toNanos() && !asking) {
        stop();
      }
    }
    return !closing;
  }

  private void sleep() {
    if (place != null) {
      boolean idle = later.isEmpty() && System.nanoTime() - toldNanos > IDLE_AFTER.toNanos();
      LockSupport.parkNanos(this, (idle ? BETWEEN_IDLE_LOOKS : BETWEEN_LOOKS).toNanos());
    } else {
      sleeper = Thread.currentThread();
      if (place == null && !closing) {
        LockSupport.parkNanos(this, WITHOUT_A_WORD.toNanos());
      }
      sleeper = null;
    }
  }

  private synchronized void stop() {
    if (followers.isEmpty()) {
      place = null;
      ring.clear();
      if (own != null) {
        own.end();
      }
    }
  }

  private void look(FeedPlace from, long now) {
    if (asking) {
      FeedPage page = reader.answer();
      if (page == null) {
        return;
      }
      asking = false;
      stirred |= page.more();
      publish(page.events().stream().map(this::telling).toList(), from, page.next(), now);
    }
    FeedPlace here = place;
    if (here != null && !asksTheStore(here, now) && own != null) {
      OwnLine.Stretch next = own.next(here.in(own.number()), SCANS_AT_ONCE);
      List<Telling> tellings = new ArrayList<>(next.scans().size());
      next.scans().forEach(scan -> tellings.add(new Telling(scan, own.number(), publicUrl)));
      publish(tellings, here, here.with(own.number(), next.end()), now);
    }
  }

  /// What was changed before somebody scanned is told before that scan, so it is asked for first.
  private boolean asksTheStore(FeedPlace from, long now) {
    var ends = new TreeMap<Integer, Long>();
    long missing = 0;
    boolean isMissing = false;
    if (own != null) {
      long at = from.in(own.number());
      missing = own.missing(at);
      isMissing = missing > at;
      ends.put(own.number(), missing);
    }
    asking = isMissing || stirred || now - askedNanos > WITHOUT_A_WORD.toNanos();
    if (asking) {
      stirred = false;
      askedNanos = now;
      reader.ask(from, new FeedPlace(ends), isMissing ? missing : 0);
    }
    return asking;
  }

  private void publish(List<Telling> tellings, FeedPlace from, FeedPlace next, long now) {
    if (next.equals(from)) {
      return;
    }
    Bunch bunch = Bunch.of(tellings, from, next);
    long number;
    synchronized (this) {
      number = ring.end();
      ring.add(bunch);
      place = next;
    }
    List<FeedWalk> due = new ArrayList<>();
    followers.each(
        bunch,
        walk -> {
          if (walk.concerns(number)) {
            (walk.isUrgent() ? due : later).add(walk);
          }
        });
    told = next;
    wake(due);
    if (!tellings.isEmpty()) {
      toldNanos = now;
      tellings.forEach(this::measure);
    }
  }

  private void wakeWhoIsDue(long now) {
    double more = (double) WOKEN_A_SECOND * (now - wokenNanos) / TimeUnit.SECONDS.toNanos(1);
    mayWake = Math.min(WOKEN_AT_ONCE, mayWake + more);
    wokenNanos = now;
    List<FeedWalk> due = new ArrayList<>();
    later.removeIf(walk -> due.size() < (int) mayWake && walk.isDue(now) && due.add(walk));
    mayWake -= due.size();
    wake(due);
  }

  private static void wake(List<FeedWalk> walks) {
    if (!walks.isEmpty()) {
      Background.ask(() -> walks.forEach(FeedWalk::wake));
    }
  }

  private void measure(Telling telling) {
    delays.since(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(telling.ageMillis(clock)));
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(sleeper);
    reader.close();
    thread.close();
  }
}
