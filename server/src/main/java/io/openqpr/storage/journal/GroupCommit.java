package io.openqpr.storage.journal;

import io.openqpr.platform.Episode;
import io.openqpr.platform.metric.Durations;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One thread writes what all others append: it takes everything that waits, writes it, syncs once,
/// and wakes every waiter. The busier it is, the larger the groups.
final class GroupCommit implements AutoCloseable {

  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

  /// Events in one sync, so that the first of a long queue need not wait for the last.
  private static final int GROUP_EVENTS = 4_096;

  /// How often a disk that failed is tried while nobody scans.
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

  private final LinkedBlockingQueue<Append> queue;
  private final SegmentWriter segments;
  private final LongConsumer onSynced;
  private final StoreWait storeWait;
  private final Thread thread;
  private final Episode diskFailure =
      new Episode(
          LOG,
          Level.ERROR,
          "the journal cannot be written; scans are refused until it can",
          "the journal can be written again; scans are taken");
  private long probedNanos = System.nanoTime();
  private volatile boolean closing;

  final Durations syncTimes =
      new Durations(
          "openqpr_journal_sync_seconds",
          "How long a group of events took to be written and synced.",
          0.0002,
          0.0005,
          0.001,
          0.0025,
          0.005,
          0.01,
          0.025,
          0.05,
          0.1,
          0.25,
          0.5,
          1,
          2.5,
          5);
  final LongAdder events = new LongAdder();
  final LongAdder syncs = new LongAdder();
  final LongAdder queueFull = new LongAdder();
  final LongAdder diskFailures = new LongAdder();

  /// @param onSynced told the position behind each synced group, before its waiters wake
  /// @param storeWait wakes the waiters of synced groups
  GroupCommit(
      SegmentWriter segments, int queuedEvents, LongConsumer onSynced, StoreWait storeWait) {
    this.queue = new LinkedBlockingQueue<>(queuedEvents);
    this.segments = segments;
    this.onSynced = onSynced;
    this.storeWait = storeWait;
    this.thread = Thread.ofPlatform().name("journal-writer").start(this::run);
  }

  Receipt append(byte[] frame) {
    if (closing) {
      return Receipt.CLOSED;
    }
    var append = new Append(frame);
    if (!queue.offer(append)) {
      queueFull.increment();
      return Receipt.QUEUE_FULL;
    }
    // The writer may have made its last round between the check above and the offer.
    if (!thread.isAlive() && queue.remove(append)) {
      return Receipt.CLOSED;
    }
    return append.await();
  }

  /// Why nothing is written now; `null` while all is well.
  @Nullable Obstacle obstacle() {
    if (closing) {
      return Obstacle.CLOSED;
    }
    if (!thread.isAlive()) {
      return Obstacle.WRITER_DEAD;
    }
    return diskFailure.lasts() ? Obstacle.DISK_FAILED : null;
  }

  private void run() {
    var group = new ArrayList<Append>();
    while (!closing || !queue.isEmpty()) {
      takeGroup(group);
      if (!group.isEmpty()) {
        write(group);
        group.clear();
      } else {
        renewSegment();
      }
      storeWait.releaseDone();
    }
    segments.close();
  }

  private void renewSegment() {
    try {
      if (!diskFailure.lasts()) {
        segments.renew();
      } else if (System.nanoTime() - probedNanos > BETWEEN_PROBES.toNanos()) {
        probedNanos = System.nanoTime();
        segments.probe();
        diskFailure.end();
      }
    } catch (IOException | RuntimeException e) {
      diskFailure.begin(String.valueOf(e.getMessage()));
    }
  }

  private void takeGroup(List<Append> group) {
    try {
      Append first = queue.poll(100, TimeUnit.MILLISECONDS);
      if (first != null) {
        group.add(first);
        queue.drainTo(group, GROUP_EVENTS - 1);
      }
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private void write(List<Append> group) {
    try {
      long began = System.nanoTime();
      long position = segments.write(group);
      syncTimes.since(began);
      diskFailure.end();
      syncs.increment();
      events.add(group.size());
      onSynced.accept(position);
      storeWait.add(position, group);
    } catch (IOException | RuntimeException e) {
      diskFailure.begin(e);
      diskFailures.add(group.size());
      group.forEach(append -> append.complete(Receipt.DISK_FAILED));
    }
  }

  /// Refuses new events, writes those that wait, and stops.
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Append late;
    while ((late = queue.poll()) != null) {
      late.complete(Receipt.CLOSED);
    }
  }
}
