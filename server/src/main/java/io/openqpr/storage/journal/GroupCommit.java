package io.openqpr.storage.journal;

import io.openqpr.platform.Episode;
import io.openqpr.platform.metric.Durations;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Writes what others append, step by step: takes everything that waits, writes it, syncs once, and
/// wakes every waiter. The busier it is, the larger the groups. All but [#offer] is called by one
/// thread.
final class GroupCommit {

  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

  /// Events in one sync, so that the first of a long queue need not wait for the last.
  private static final int GROUP_EVENTS = 4_096;

  /// How often a disk that failed is tried while nobody scans.
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

  private final LinkedBlockingQueue<Append> queue;

  /// Of those in the queue and in the group that is written.
  private final AtomicLong bytes = new AtomicLong();

  private final long mostBytes;
  private final SegmentWriter segments;
  private final LongConsumer onSynced;
  private final SyncedEvents followers;
  private final StoreWait storeWait;
  private final LongSupplier nanos;
  private final List<Append> group = new ArrayList<>();
  private final Episode diskFailure =
      new Episode(
          LOG,
          Level.ERROR,
          "the journal cannot be written; scans are refused until it can",
          "the journal can be written again; scans are taken");
  private long probedNanos;
  private volatile boolean closing;
  private volatile boolean ended;

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
  /// @param followers are given each synced group behind that
  /// @param storeWait wakes the waiters of synced groups
  GroupCommit(
      SegmentWriter segments,
      int queuedEvents,
      long queuedBytes,
      LongConsumer onSynced,
      SyncedEvents followers,
      StoreWait storeWait,
      LongSupplier nanos) {
    this.queue = new LinkedBlockingQueue<>(queuedEvents);
    this.mostBytes = queuedBytes;
    this.segments = segments;
    this.onSynced = onSynced;
    this.followers = followers;
    this.storeWait = storeWait;
    this.nanos = nanos;
    this.probedNanos = nanos.getAsLong();
  }

  /// From any thread, for which the append is made.
  Append offer(byte[] frame) {
    var append = new Append(frame);
    if (closing) {
      append.complete(Receipt.CLOSED);
    } else if (!takes(append)) {
      queueFull.increment();
      append.complete(Receipt.QUEUE_FULL);
    } else if (ended && queue.remove(append)) {
      // The writer made its last round between the check above and the offer.
      append.complete(Receipt.CLOSED);
    }
    return append;
  }

  private boolean takes(Append append) {
    int length = append.bytes().length;
    if (bytes.addAndGet(length) <= mostBytes && queue.offer(append)) {
      return true;
    }
    bytes.addAndGet(-length);
    return false;
  }

  /// Why nothing is written now; `null` while all is well.
  @Nullable Obstacle obstacle() {
    if (closing) {
      return Obstacle.CLOSED;
    }
    return diskFailure.lasts() ? Obstacle.DISK_FAILED : null;
  }

  /// The first that waits, after a while at most.
  @Nullable Append next(Duration patience) throws InterruptedException {
    return queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The first that waits now.
  @Nullable Append next() {
    return queue.poll();
  }

  /// Writes it and all that wait with it; with nothing to write, looks after the files. Whatever
  /// fails, also what nobody expects, is told to those who wait, and the next step is as good as
  /// any.
  void step(@Nullable Append first) {
    if (first == null) {
      renewSegment();
    } else {
      group.add(first);
      queue.drainTo(group, GROUP_EVENTS - 1);
      long written = group.stream().mapToLong(append -> append.bytes().length).sum();
      write();
      group.clear();
      bytes.addAndGet(-written);
    }
    storeWait.releaseDone();
  }

  private void renewSegment() {
    try {
      if (!diskFailure.lasts()) {
        segments.renew();
      } else if (nanos.getAsLong() - probedNanos > BETWEEN_PROBES.toNanos()) {
        probedNanos = nanos.getAsLong();
        segments.probe();
        diskFailure.end();
      }
    } catch (Exception e) {
      diskFailure.begin(String.valueOf(e.getMessage()));
    } catch (Error e) {
      diskFailure.begin(e);
    }
  }

  private void write() {
    try {
      long began = System.nanoTime();
      long position = segments.write(group);
      syncTimes.since(began);
      diskFailure.end();
      syncs.increment();
      events.add(group.size());
      onSynced.accept(position);
      followers.add(position, group);
      storeWait.add(position, group);
    } catch (Exception | Error e) {
      diskFailure.begin(e);
      diskFailures.add(group.size());
      group.forEach(append -> append.complete(Receipt.DISK_FAILED));
    }
  }

  /// New events are refused; those that wait may still be written.
  void refuseNew() {
    closing = true;
  }

  boolean isDone() {
    return closing && queue.isEmpty();
  }

  /// No step follows.
  void end() {
    segments.close();
    closing = true;
    ended = true;
    Append late;
    while ((late = queue.poll()) != null) {
      late.complete(Receipt.CLOSED);
    }
  }
}
