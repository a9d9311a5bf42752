package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.metric.Durations;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where events become durable. [#record] returns when the event is on disk and synced; a second
/// thread carries it into the store soon after, or at once when a reader waits. So a slow store
/// delays nobody who scans, and a reader still sees every scan that was answered before it asked.
///
/// Events are bytes in append-only files under one directory, addressed by their position in the
/// journal's whole life. The store keeps the position up to which it has applied them.
public final class Journal implements AutoCloseable {

  private static final Duration READERS_WAIT = Duration.ofSeconds(10);

  private final Limits limits;
  private final GroupCommit commit;
  private final Applier applier;
  private final LongAdder backlogFull = new LongAdder();

  private Journal(Limits limits, GroupCommit commit, Applier applier) {
    this.limits = limits;
    this.commit = commit;
    this.applier = applier;
  }

  /// Opens the journal in `directory`, and lets the store catch up with what a crash left behind.
  ///
  /// @param newName gives a journal that is new its name, by which the store knows its position
  /// @throws CannotStartException when files are damaged or missing, or cannot be written
  public static Journal open(
      Path directory, Supplier<String> newName, ScanStore store, Limits limits) {
    try {
      Segments segments = Segments.in(directory);
      String name = name(directory, newName);
      long applied = store.appliedPosition(name);
      long end = recoveredEnd(directory, segments, applied);
      var storeWait = new StoreWait(limits.storeWait(), applied);
      var applier = new Applier(name, store, segments, limits, storeWait, applied, end);
      var writer = new SegmentWriter(segments, limits, end);
      var commit = new GroupCommit(writer, limits.queuedEvents(), applier::synced, storeWait);
      return new Journal(limits, commit, applier);
    } catch (IOException | UncheckedIOException e) {
      throw new CannotStartException(
          "the journal in " + directory + " cannot be used: " + e.getMessage());
    }
  }

  private static String name(Path directory, Supplier<String> newName) throws IOException {
    Path file = directory.resolve("name");
    if (Files.notExists(file)) {
      Files.writeString(file, newName.get());
    }
    return Files.readString(file).strip();
  }

  private static long recoveredEnd(Path directory, Segments segments, long applied)
      throws IOException {
    if (segments.isEmpty()) {
      return applied;
    }
    if (segments.firstStart() > applied) {
      throw new CannotStartException(
          """
          the journal in %s begins at position %d, but the store has only seen %d: \
          was one of them restored from a backup without the other?\
          """
              .formatted(directory, segments.firstStart(), applied));
    }
    return new FrameReader(segments).validEnd(applied);
  }

  /// Makes the event durable, or says why not. Blocks for one sync of the disk, mostly; where other
  /// servers share the store, also until the store has it, for a while at most. Whether it then has
  /// it decides nothing.
  public Receipt record(Event event) {
    if (isFull()) {
      backlogFull.increment();
      return Receipt.BACKLOG_FULL;
    }
    return commit.append(EventCodec.encode(event));
  }

  private boolean isFull() {
    return applier.synced() - applier.applied() > limits.backlogBytes();
  }

  /// Waits until the store has everything that was durable before this call. Call it before a
  /// question whose answer must not miss anything.
  ///
  /// @throws StoreException BUSY when the store does not catch up in time
  public void awaitApplied() {
    try {
      if (applier.await(READERS_WAIT)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException(StoreException.Kind.BUSY, "the store is behind the journal");
  }

  public JournalState state() {
    return new JournalState(
        commit.events.sum(),
        commit.syncs.sum(),
        applier.transactions.sum(),
        applier.synced() - applier.applied(),
        commit.queueFull.sum(),
        backlogFull.sum(),
        commit.diskFailures.sum(),
        applier.failures.sum(),
        applier.setbacks.sum(),
        applier.failing(),
        obstacle(System.nanoTime()));
  }

  /// Why scans are refused now, or get nowhere; `null` while all is well.
  @Nullable Obstacle obstacle(long nowNanos) {
    Obstacle writing = commit.obstacle();
    if (writing != null) {
      return writing;
    }
    if (isFull()) {
      return Obstacle.BACKLOG_FULL;
    }
    return applier.isStuck(nowNanos) ? Obstacle.APPLIER_STUCK : null;
  }

  /// How long its steps take.
  public List<Durations> durations() {
    return List.of(commit.syncTimes, applier.transactionTimes);
  }

  /// Syncs what waits, applies what the store takes, and stops.
  @Override
  public void close() {
    commit.close();
    applier.close();
  }
}
