package io.openqpr.storage.journal;

import io.openqpr.platform.Episode;
import io.openqpr.platform.metric.Durations;
import io.openqpr.storage.store.JournalTakenException;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Carries synced events from the journal's files into the store, step by step, on one thread.
/// Position and rows move in one transaction, so each event is applied exactly once, whenever
/// either side stops; a start after a crash is nothing but going on. Files are kept until the store
/// has their events on disk, so that it may lose its last moments: the applier goes back to where
/// it stands.
final class Applier {

  private static final Logger LOG = System.getLogger(Applier.class.getName());

  /// Enough events for a large transaction: no need to wait for more.
  private static final long FAR_BEHIND_BYTES = 1 << 20;

  /// How long the store may have taken events without having them on disk.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /// How long everything may stand still without the store's saying why. Whatever it does at once
  /// ends much sooner.
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  private final String journal;
  private final ScanStore store;
  private final Segments segments;
  private final FrameReader reader;
  private final Limits limits;
  private final StoreWait storeWait;
  private final Progress progress;
  private final LongSupplier nanos;
  private final Episode refusal =
      new Episode(
          LOG,
          Level.ERROR,
          "the store does not take scans; they are kept in the journal and tried again",
          "the store takes scans again");
  private volatile int failuresInARow;

  /// When the store last did what it was asked, or said that it cannot now.
  private volatile long heardNanos;

  private volatile long settled;
  private volatile @Nullable JournalTakenException taken;
  private long settledNanos;

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
      Progress progress,
      LongSupplier nanos) {
    this.journal = journal;
    this.store = store;
    this.segments = segments;
    this.reader = new FrameReader(segments);
    this.limits = limits;
    this.storeWait = storeWait;
    this.progress = progress;
    this.nanos = nanos;
    this.settled = progress.applied();
    this.settledNanos = nanos.getAsLong();
    this.heardNanos = settledNanos;
  }

  /// What to do next.
  enum Next {
    /// Another step, at once.
    GO_ON,
    /// Another step when there is something to do.
    REST,
    /// Another step after a pause: the store refused.
    PAUSE,
    /// Nothing: all is in the store, or the end was asked for and the store refused.
    END
  }

  /// Whatever fails, also what nobody expects, leaves the next step as good as any.
  Next step() {
    if (taken != null || (progress.isClosing() && isAllSettled())) {
      return Next.END;
    }
    if (!work()) {
      return progress.isClosing() || taken != null ? Next.END : Next.PAUSE;
    }
    if (progress.synced() - progress.applied() >= FAR_BEHIND_BYTES) {
      return Next.GO_ON;
    }
    // Where no more events come, the last files of those settled would stay.
    segments.deleteBefore(settled);
    return progress.isClosing() ? Next.GO_ON : Next.REST;
  }

  private boolean isAllSettled() {
    return progress.applied() == progress.synced() && settled == progress.applied();
  }

  /// What the store has on disk: the files behind it are needed.
  long settled() {
    return settled;
  }

  /// Whether the last attempt failed.
  boolean failing() {
    return failuresInARow > 0;
  }

  /// Whether more than one did: not a connection that broke, but a store that is away.
  boolean storeIsAway() {
    return failuresInARow > 1;
  }

  /// Another server has this journal; nothing is done any more.
  @Nullable JournalTakenException taken() {
    return taken;
  }

  /// Whether scans get nowhere for a reason that does not go away by itself.
  boolean isStuck(long nowNanos) {
    return taken != null
        || (progress.applied() < progress.synced() && nowNanos - heardNanos > STANDSTILL.toNanos());
  }

  private boolean work() {
    try {
      if (failing() || settlingIsDue()) {
        settle();
      }
      if (progress.applied() < progress.synced()) {
        applyNext();
      }
      tellSuccess();
      return true;
    } catch (JournalTakenException e) {
      taken = e;
      tellFailure(e);
      return false;
    } catch (Exception | Error e) {
      tellFailure(e);
      return false;
    }
  }

  private void tellFailure(Throwable e) {
    failures.increment();
    failuresInARow++;
    boolean away = e instanceof StoreException s && s.kind() != StoreException.Kind.BROKEN;
    if (away) {
      heardNanos = nanos.getAsLong();
    }
    if (failuresInARow == 2 || taken != null) {
      if (taken != null) {
        storeWait.taken(); // what the operator is told is the last word of this server
      } else {
        if (away) {
          refusal.begin(String.valueOf(e.getMessage()));
        } else {
          refusal.begin(e);
        }
        storeWait.away(true);
      }
      progress.appliedTo(progress.applied()); // wakes those who need not wait any more
    }
  }

  private void tellSuccess() {
    if (storeIsAway()) {
      storeWait.away(false);
    }
    refusal.end();
    heardNanos = nanos.getAsLong();
    failuresInARow = 0;
  }

  private void applyNext() throws IOException {
    long from = progress.applied();
    FrameReader.Read read =
        reader.read(from, progress.synced(), limits.appliedEvents(), limits.appliedBytes());
    if (read.end() == from) {
      throw new IOException(
          "the journal in %s cannot be read at position %d; restart to be told what to do"
              .formatted(segments.directory(), from));
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
    return settled < progress.applied()
        && (progress.isClosing() || nanos.getAsLong() - settledNanos > SETTLING.toNanos());
  }

  /// Makes sure that the store has what it took, and goes back to where it stands when it has not:
  /// because it crashed, or because a transaction that seemed to fail was committed and only its
  /// answer lost.
  private void settle() {
    long position = store.appliedPosition(journal);
    if (position < progress.applied()) {
      setbacks.increment();
      LOG.log(Level.WARNING, "the store lost its last moments; they are applied again");
    }
    moveTo(position);
    settledAt(position);
  }

  private void settledAt(long position) {
    settled = position;
    settledNanos = nanos.getAsLong();
    segments.deleteBefore(position);
  }

  private void moveTo(long position) {
    progress.appliedTo(position);
    storeWait.applied(position);
  }
}
