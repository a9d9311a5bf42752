package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.metric.Durations;
import io.openqpr.storage.store.JournalTakenException;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where events become durable. [#record] returns when the event is on disk and synced; a second
/// thread carries it into the store soon after, or at once when a reader waits. So a slow store
/// delays nobody who scans, and a reader still sees every scan that was answered before it asked.
///
/// Events are bytes in append-only files under one directory, addressed by their position in the
/// journal's whole life. The store keeps the position up to which it has applied them.
///
/// Here are the threads; what they do is in [EventLog], step by step.
public final class Journal implements AutoCloseable {

  private static final Duration READERS_WAIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  /// Where people wait for the store, the next transaction begins after twice as long as the last
  /// one took, and this at most: larger ones cost less of the processors that people need too.
  private static final Duration GATHERING = Duration.ofMillis(4);

  /// Where those who follow the feed wait for the store, it takes this part of the time, so that
  /// its transactions, which cost much when they are small, take little of those who scan.
  private static final int HURRIED_PART = 8;

  /// Between such transactions at least.
  private static final Duration HURRY = Duration.ofMillis(10);

  private final EventLog log;
  private final CompletableFuture<String> taken = new CompletableFuture<>();
  private final DurableThread writer;
  private final DurableThread applier;

  private Journal(EventLog log) {
    this.log = log;
    this.writer = DurableThread.holding("journal-writer", this::write);
    this.applier = DurableThread.holding("journal-applier", this::apply);
  }

  /// Opens the journal, and lets the store catch up with what a crash left behind.
  ///
  /// @param newName gives a journal that is new its name, by which the store knows its position
  /// @throws CannotStartException when files are damaged or missing, do not belong to the store, or
  ///   cannot be written
  public static Journal open(
      JournalSite site, Supplier<String> newName, ScanStore store, Limits limits) {
    try {
      return new Journal(EventLog.open(site, newName, store, limits));
    } catch (IOException e) {
      throw new CannotStartException("the journal cannot be used: " + e.getMessage());
    } catch (JournalTakenException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()));
    }
  }

  private boolean write() throws InterruptedException {
    if (log.commit.isDone()) {
      log.commit.end();
      return false;
    }
    log.commit.step(log.commit.next(BETWEEN_LOOKS));
    return true;
  }

  private boolean apply() throws InterruptedException {
    long began = System.nanoTime();
    boolean behind = log.progress.applied() < log.progress.synced();
    return switch (log.applier.step()) {
      case GO_ON -> true;
      case REST -> {
        rest(behind ? System.nanoTime() - began : 0);
        yield true;
      }
      case PAUSE -> {
        log.progress.pause(PAUSE_AFTER_FAILURE, () -> false);
        yield true;
      }
      case END -> {
        JournalTakenException by = log.applier.taken();
        if (by != null) {
          taken.complete(String.valueOf(by.getMessage()));
        }
        yield false;
      }
    };
  }

  private void rest(long workedNanos) throws InterruptedException {
    boolean peopleWait = log.storeWait.isUsed();
    if (workedNanos > 0 && peopleWait) {
      LockSupport.parkNanos(Math.min(2 * workedNanos, GATHERING.toNanos()));
    }
    Progress progress = log.progress;
    BooleanSupplier wanted =
        () -> peopleWait ? progress.applied() < progress.synced() : progress.isWanted();
    long linger = log.limits.linger().toNanos();
    long least = Math.min(linger, Math.max(HURRY.toNanos(), HURRIED_PART * workedNanos));
    progress.pause(Duration.ofNanos(least), wanted);
    progress.pause(
        Duration.ofNanos(linger - least), () -> wanted.getAsBoolean() || progress.isFollowed());
  }

  /// Makes the event durable, or says why not. Blocks for one sync of the disk, mostly; where other
  /// servers share the store, also until the store has it, for a while at most. Whether it then has
  /// it decides nothing.
  public Receipt record(Event event) {
    return log.offer(event).await();
  }

  /// Waits until the store has everything that was durable before this call. Call it before a
  /// question whose answer must not miss anything.
  ///
  /// @throws StoreException BUSY when the store does not catch up in time
  public void awaitApplied() {
    try {
      if (log.progress.await(READERS_WAIT, log.applier::storeIsAway)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException(StoreException.Kind.BUSY, "the store is behind the journal");
  }

  /// As [#awaitApplied], for those who follow what comes: they wait until the store has what lies
  /// before this position, which is durable, and hurry it no more than those who scan can bear.
  public void awaitApplied(long position) {
    try {
      if (log.progress.follow(position, READERS_WAIT, log.applier::storeIsAway)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException(StoreException.Kind.BUSY, "the store is behind the journal");
  }

  /// What becomes durable, for one reader.
  public SyncedEvents synced() {
    return log.followers;
  }

  /// By which the store knows it.
  public String name() {
    return log.name;
  }

  /// Completed, with one line for the operator, when another server has taken this journal: this
  /// one must stop.
  public CompletableFuture<String> taken() {
    return taken;
  }

  public JournalState state() {
    return new JournalState(
        log.commit.events.sum(),
        log.commit.syncs.sum(),
        log.applier.transactions.sum(),
        log.progress.synced() - log.progress.applied(),
        log.commit.queueFull.sum(),
        log.backlogFull.sum(),
        log.commit.diskFailures.sum(),
        log.applier.failures.sum(),
        log.applier.setbacks.sum(),
        log.segments.undeleted.sum(),
        log.applier.failing(),
        obstacle(System.nanoTime()));
  }

  /// Why scans are refused now, or get nowhere; `null` while all is well.
  @Nullable Obstacle obstacle(long nowNanos) {
    Obstacle writing = log.commit.obstacle();
    if (writing != null) {
      return writing;
    }
    if (!writer.isAlive()) {
      return Obstacle.WRITER_DEAD;
    }
    if (log.isFull()) {
      return Obstacle.BACKLOG_FULL;
    }
    return !applier.isAlive() || log.applier.isStuck(nowNanos) ? Obstacle.APPLIER_STUCK : null;
  }

  /// How long its steps take.
  public List<Durations> durations() {
    return List.of(log.commit.syncTimes, log.applier.transactionTimes);
  }

  /// Syncs what waits, applies what the store takes, and stops; what the store refuses stays in the
  /// journal.
  @Override
  public void close() {
    log.commit.refuseNew();
    writer.join();
    log.progress.close();
    applier.join();
    log.storeWait.away(true);
  }
}
