package io.openqpr.analytics.transfer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// So many transfers at once, and not all of them for one.
final class Slots {

  private final int all;
  private final int forOne;
  private final Map<String, Integer> taken = new HashMap<>();
  private int sum;
  private final LongAdder refused = new LongAdder();

  /// @param all for everybody together
  /// @param forOne the most of them that one may take
  Slots(int all, int forOne) {
    this.all = all;
    this.forOne = forOne;
  }

  /// What became of the wish for a slot.
  enum Outcome {
    TAKEN,
    /// This one has as many as it may.
    ENOUGH_FOR_ONE,
    ALL_TAKEN
  }

  /// Whoever took one gives it back by [#giveBack].
  synchronized Outcome take(String owner) {
    Outcome outcome = outcome(taken.getOrDefault(owner, 0));
    if (outcome == Outcome.TAKEN) {
      taken.merge(owner, 1, Integer::sum);
      sum++;
    } else {
      refused.increment();
    }
    return outcome;
  }

  private Outcome outcome(int own) {
    if (own >= forOne) {
      return Outcome.ENOUGH_FOR_ONE;
    }
    return sum >= all ? Outcome.ALL_TAKEN : Outcome.TAKEN;
  }

  synchronized void giveBack(String owner) {
    taken.computeIfPresent(owner, (name, own) -> own == 1 ? null : own - 1);
    sum--;
  }

  /// How often none was to be had since the start.
  long refused() {
    return refused.sum();
  }
}
