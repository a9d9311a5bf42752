package io.openqpr.storage.journal;

import io.openqpr.platform.Episode;
import io.openqpr.platform.metric.Durations;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// One thread carries synced events from the journal's files into the store. Position and rows move
/// in one transaction, so each event is applied exactly once, whenever either side stops; a start
/// after a crash is nothing but this thread going on. Files are kept until the store has their
/// events on disk, so that it may lose its last moments: this thread goes back to where it stands.
final class Applier implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Applier.class.getName());

  /// Enough events for a large transaction: no need to wait for more.
  private static final long FAR_BEHIND_BYTES = 1 << 20;

  /// How long the store may have taken events without having them on disk.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /// Where people wait for the store, the next transaction begins after twice as long as the last
  /// one took, and this at most: larger ones cost less of the processors that people need too.
  private static final Duration GATHERING = Duration.ofMillis(4);

  /// How long everything may stand still without the store's saying why. Whatever it does at once
  /// ends much sooner.
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final String journal;
  private final ScanStore store;
  private final Segments segments;
  private final FrameReader reader;
  private final Limits limits;
  private final StoreWait storeWait;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private volatile long synced;
  private volatile long applied;
  private volatile int failuresInARow;
  private final Episode refusal =
      new Episode(
          LOG,
          Level.ERROR,
          "the store does not take scans; they are kept in the journal and tried again",
          "the store takes scans again");

  /// When the store last did what it was asked, or said that it cannot now.
  private volatile long heardNanos = System.nanoTime();

  private long settled;
  private long settledNanos = System.nanoTime();
  private int waiting;
  private boolean closing;

  final Durations transactionTimes =
      new Durations(
          "openqpr_store_transaction_seconds",
          "How long the store took for a transaction of events from the journal.",
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
          5,
          10,
          30);
  final LongAdder transactions = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder setbacks = new LongAdder();

  Applier(
      String journal,
      ScanStore store,
      Segments segments,
      Limits limits,
      StoreWait storeWait,
      long applied,
      long synced) {
    this.journal = journal;
    this.store = store;
    this.segments = segments;
    this.reader = new FrameReader(segments);
    this.limits = limits;
    this.storeWait = storeWait;
    this.applied = applied;
    this.settled = applied;
    this.synced = synced;
    this.thread = Thread.ofPlatform().name("journal-applier").start(this::run);
  }

  long synced() {
    return synced;
  }

  long applied() {
    return applied;
  }

  /// Whether the last attempt failed.
  boolean failing() {
    return failuresInARow > 0;
  }

  /// Whether scans get nowhere for a reason that does not go away by itself.
  boolean isStuck(long nowNanos) {
    return !thread.isAlive() || (applied < synced && nowNanos - heardNanos > STANDSTILL.toNanos());
  }

  /// Whether more than one did: not a connection that broke, but a store that is away.
  private boolean storeIsAway() {
    return failuresInARow > 1;
  }

  /// The journal is synced up to here. Cheap where nobody waits for the store: nobody is woken; the
  /// thread looks by itself.
  void synced(long position) {
    synced = position;
    if (storeWait.isUsed()) {
      wake();
    }
  }

  private void wake() {
    lock.lock();
    try {
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything synced before this call is in the store.
  ///
  /// @return false when that took longer than the limit, or the store is away
  boolean await(Duration limit) throws InterruptedException {
    long target = synced;
    if (applied >= target) {
      return true;
    }
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      waiting++;
      wanted.signal();
      while (applied < target && left > 0 && !storeIsAway()) {
        left = moved.awaitNanos(left);
      }
      return applied >= target;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      if (applied == synced && settled == applied && isClosing()) {
        return;
      }
      long began = System.nanoTime();
      boolean behind = applied < synced;
      if (!work()) {
        if (isClosing()) {
          return;
        }
        pause(PAUSE_AFTER_FAILURE, false);
      } else if (synced - applied < FAR_BEHIND_BYTES) {
        deleteSettled();
        if (behind && storeWait.isUsed()) {
          LockSupport.parkNanos(Math.min(2 * (System.nanoTime() - began), GATHERING.toNanos()));
        }
        pause(limits.linger(), true);
      }
    }
  }

  /// Where no more events come, the last files of those settled would stay.
  private void deleteSettled() {
    try {
      segments.deleteBefore(settled);
    } catch (UncheckedIOException e) {
      // tried again soon
    }
  }

  /// Until somebody waits, or the time is up.
  private void pause(Duration time, boolean untilWanted) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !closing && !(untilWanted && isWanted())) {
        left = wanted.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closing = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted() {
    return applied < synced && (waiting > 0 || storeWait.isUsed());
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private boolean work() {
    try {
      if (failing() || settlingIsDue()) {
        settle();
      }
      if (applied < synced) {
        applyNext();
      }
      tellSuccess();
      return true;
    } catch (IOException | RuntimeException e) {
      failures.increment();
      tellFailure(e);
      return false;
    }
  }

  private void tellFailure(Exception e) {
    failuresInARow++;
    boolean away = e instanceof StoreException s && s.kind() != StoreException.Kind.BROKEN;
    if (away) {
      heardNanos = System.nanoTime();
    }
    if (failuresInARow == 2) {
      if (away) {
        refusal.begin(String.valueOf(e.getMessage()));
      } else {
        refusal.begin(e);
      }
      storeWait.away(true);
      moveTo(applied); // wakes those who need not wait any more
    }
  }

  private void tellSuccess() {
    if (storeIsAway()) {
      storeWait.away(false);
    }
    refusal.end();
    heardNanos = System.nanoTime();
    failuresInARow = 0;
  }

  private void applyNext() throws IOException {
    FrameReader.Read read = reader.read(applied, synced, limits.appliedEvents());
    if (read.end() == applied) {
      throw new IOException("the journal is damaged at position " + applied);
    }
    long began = System.nanoTime();
    boolean onDisk = store.apply(journal, read.end(), read.events());
    transactionTimes.since(began);
    transactions.increment();
    moveTo(read.end());
    if (onDisk) {
      settledAt(read.end());
    }
  }

  private boolean settlingIsDue() {
    return settled < applied
        && (isClosing() || System.nanoTime() - settledNanos > SETTLING.toNanos());
  }

  /// Makes sure that the store has what it took, and goes back to where it stands when it has not:
  /// because it crashed, or because a transaction that seemed to fail was committed and only its
  /// answer lost.
  private void settle() {
    long position = store.appliedPosition(journal);
    if (position < applied) {
      setbacks.increment();
      LOG.log(Level.WARNING, "the store lost its last moments; they are applied again");
    }
    moveTo(position);
    settledAt(position);
  }

  private void settledAt(long position) {
    settled = position;
    settledNanos = System.nanoTime();
    segments.deleteBefore(position);
  }

  private void moveTo(long position) {
    lock.lock();
    try {
      applied = position;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    storeWait.applied(position);
  }

  /// Applies what is left, once more, and stops; what the store refuses stays in the journal.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    storeWait.away(true);
  }
}
