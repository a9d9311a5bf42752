package io.openqpr.web.wire;

import io.openqpr.platform.DurableThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// All connections that are open. A thread of its own ends those whose time is up.
final class Links implements AutoCloseable {

  private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS_AT_THE_END = Duration.ofMillis(10);

  /// For threads whose connection was ended to leave what they use.
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Set<Link> open = ConcurrentHashMap.newKeySet();
  private final AtomicLongArray stalled = new AtomicLongArray(Stage.values().length);
  private final LongAdder madeWay = new LongAdder();
  private final DurableThread watch;

  Links(Deadlines deadlines) {
    long shortest = Math.min(deadlines.head().toNanos(), deadlines.stall().toNanos());
    long look = Math.min(LONGEST_LOOK.toNanos(), shortest / 4);
    watch = DurableThread.every(Duration.ofNanos(look), "http-deadlines", this::endOverdue);
  }

  private void endOverdue() {
    long now = System.nanoTime();
    for (Link link : open) {
      Stage at = link.stage();
      if (link.isOverdue(at, now) && link.claim(at)) {
        stalled.incrementAndGet(at.ordinal());
        link.stop(at);
      }
    }
  }

  void add(Link link) {
    open.add(link);
  }

  void remove(Link link) {
    open.remove(link);
  }

  int count() {
    return open.size();
  }

  /// How many were ended because their time at this stage was up.
  long stalled(Stage at) {
    return stalled.get(at.ordinal());
  }

  /// How many were ended to make room.
  long madeWay() {
    return madeWay.sum();
  }

  /// Ends the connection that says nothing and would have been ended first, so that others find
  /// room; those within a request stay.
  void makeWay() {
    Link first = null;
    for (Link link : open) {
      if (link.stage().isBetweenRequests()
          && (first == null || link.dueNanos() - first.dueNanos() < 0)) {
        first = link;
      }
    }
    if (first != null && endSilent(first)) {
      madeWay.increment();
    }
  }

  private static boolean endSilent(Link link) {
    Stage at = link.stage();
    if (!at.isBetweenRequests() || !link.claim(at)) {
      return false;
    }
    link.stop(at);
    return true;
  }

  /// Lets what is under way come to its end for a while, and then ends whatever is left.
  void drain(Duration patience) {
    await(patience);
    open.forEach(Link::close);
    await(LAST_WORDS);
  }

  private void await(Duration patience) {
    long due = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty() && System.nanoTime() - due < 0) {
      open.forEach(Links::endSilent);
      LockSupport.parkNanos(BETWEEN_LOOKS_AT_THE_END.toNanos());
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
