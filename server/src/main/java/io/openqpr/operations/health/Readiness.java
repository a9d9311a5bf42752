package io.openqpr.operations.health;

import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.JournalState;
import io.openqpr.storage.journal.Obstacle;
import java.util.function.BooleanSupplier;

/// Whether scans are taken, and in one word why not.
final class Readiness {

  private final Journal journal;
  private final BooleanSupplier storeIsThere;
  private volatile boolean draining;

  /// @param storeIsThere whether anybody may ask the store now
  Readiness(Journal journal, BooleanSupplier storeIsThere) {
    this.journal = journal;
    this.storeIsThere = storeIsThere;
  }

  /// @param ready whether scans are taken
  /// @param status one of a fixed set of words
  record Verdict(boolean ready, String status) {}

  /// The server is about to close: balancers should send nobody here any more.
  void drain() {
    draining = true;
  }

  /// Ready also while the store is away: people who scan are still redirected, and a balancer that
  /// took the server away would lose them. The word tells.
  Verdict now() {
    JournalState state = journal.state();
    Obstacle obstacle = state.obstacle();
    if (draining || obstacle == Obstacle.CLOSED) {
      return new Verdict(false, "draining");
    }
    if (obstacle != null) {
      return new Verdict(false, word(obstacle));
    }
    return new Verdict(true, isStoreUp(state) ? "ready" : "store_away");
  }

  boolean isStoreUp(JournalState state) {
    return storeIsThere.getAsBoolean() && !state.failing();
  }

  private static String word(Obstacle obstacle) {
    return switch (obstacle) {
      case DISK_FAILED -> "disk_failed";
      case BACKLOG_FULL -> "backlog_full";
      case WRITER_DEAD -> "writer_dead";
      case APPLIER_STUCK -> "applier_stuck";
      case CLOSED -> "draining";
    };
  }
}
