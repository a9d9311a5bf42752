package io.openqpr.events.webhook;

import java.util.HashSet;
import java.util.Set;

/// A receiver that was away for so long that the stream waits: whether it still is, and what may be
/// sent before its time when it is back, each once. Guarded by its ledger.
final class Outage {

  private enum Stage {
    NONE,
    AWAY,
    BACK
  }

  private Stage stage = Stage.NONE;

  /// Ids of what failed after it was back: these have their time again.
  private final Set<String> failed = new HashSet<>();

  /// @param waiting to be tried again
  /// @param most from which on the stream waits too
  /// @param failures in a row
  void look(int waiting, int most, int failures) {
    boolean away = failures >= Streak.DOUBTFUL;
    if (waiting >= most && (stage == Stage.NONE || (stage == Stage.BACK && away))) {
      stage = Stage.AWAY;
      failed.clear();
    }
    if (stage == Stage.AWAY && failures == 0) {
      stage = Stage.BACK;
    }
    if (stage == Stage.BACK && waiting <= failed.size()) {
      stage = Stage.NONE;
      failed.clear();
    }
  }

  void failed(String id) {
    if (stage == Stage.BACK) {
      failed.add(id);
    }
  }

  boolean isAway() {
    return stage == Stage.AWAY;
  }

  boolean isBack() {
    return stage == Stage.BACK;
  }

  boolean mayHasten(String id) {
    return !failed.contains(id);
  }
}
