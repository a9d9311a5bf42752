package io.openqpr.storage.journal;

import io.openqpr.platform.Background;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// How far the journal is synced and the store has it, and whoever waits for that. Any thread may
/// ask; one moves each position.
final class Progress {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private volatile long synced;
  private volatile long applied;
  private volatile int waiting;
  private final AtomicInteger following = new AtomicInteger();
  private volatile boolean closing;

  Progress(long applied, long synced) {
    this.applied = applied;
    this.synced = synced;
  }

  long synced() {
    return synced;
  }

  long applied() {
    return applied;
  }

  boolean isClosing() {
    return closing;
  }

  /// @param urgent whether the applying thread is woken; otherwise it looks by itself, which is
  ///   cheap
  void syncedTo(long position, boolean urgent) {
    synced = position;
    if (urgent) {
      signal(wanted);
    }
  }

  /// Also when the store turned out to have less than it said.
  void appliedTo(long position) {
    lock.lock();
    try {
      applied = position;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// No more will be synced.
  void close() {
    closing = true;
    signal(wanted);
  }

  private void signal(Condition condition) {
    lock.lock();
    try {
      condition.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything synced before this call is in the store.
  ///
  /// @param isVain asked whenever something happened: whether there is no use in waiting
  /// @return false when that took longer than the limit, or is vain
  boolean await(Duration limit, BooleanSupplier isVain) throws InterruptedException {
    long target = synced;
    if (applied >= target) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      waiting++;
      return await(target, limit, isVain);
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /// As [#await], until this is in the store, and without such haste. Who waits here may be one who
  /// gives way, and must never stand still with the lock: it looks again and again.
  boolean follow(long position, Duration limit, BooleanSupplier isVain)
      throws InterruptedException {
    if (applied >= position) {
      return true;
    }
    long deadline = System.nanoTime() + limit.toNanos();
    following.incrementAndGet();
    try {
      Background.ask(() -> signal(wanted));
      while (applied < position && System.nanoTime() < deadline && !isVain.getAsBoolean()) {
        Thread.sleep(BETWEEN_LOOKS);
      }
      return applied >= position;
    } finally {
      following.decrementAndGet();
    }
  }

  /// With the lock held.
  private boolean await(long target, Duration limit, BooleanSupplier isVain)
      throws InterruptedException {
    long left = limit.toNanos();
    wanted.signalAll();
    while (applied < target && left > 0 && !isVain.getAsBoolean()) {
      left = moved.awaitNanos(left);
    }
    return applied >= target;
  }

  /// For the applying thread: until the time is up, the end begins, or there is a reason to go on.
  void pause(Duration time, BooleanSupplier isCutShort) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !closing && !isCutShort.getAsBoolean()) {
        left = wanted.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether somebody waits for what is synced and not applied.
  boolean isWanted() {
    return applied < synced && waiting > 0;
  }

  /// Whether somebody who follows does.
  boolean isFollowed() {
    return applied < synced && following.get() > 0;
  }
}
