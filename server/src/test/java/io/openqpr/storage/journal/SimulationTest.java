package io.openqpr.storage.journal;

import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ten thousand lives of a journal. More with `-Dqpr.seeds=1000000`; one of them again, as the
/// failure says, with `-Dqpr.seed=N`.
class SimulationTest {

  // Kept here: a logger that nobody holds forgets its level.
  private final Logger log = Logger.getLogger("io.openqpr.storage.journal");
  private java.util.logging.Level before;

  @BeforeEach
  void failuresAreNoNewsHere() {
    before = log.getLevel();
    log.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void tellThemAgain() {
    log.setLevel(before);
  }

  @Test
  void whatWasAnsweredIsThereOnceAndNothingElse() {
    Long one = Long.getLong("qpr.seed");
    long first = one != null ? one : 0;
    long many = one != null ? 1 : Long.getLong("qpr.seeds", 10_000);
    for (long seed = first; seed < first + many; seed++) {
      live(seed);
    }
  }

  private static void live(long seed) {
    try {
      new Simulation(seed).run();
    } catch (Throwable e) {
      throw new AssertionError(
          "seed %d: %s (again with -Dtest=SimulationTest -Dqpr.seed=%d)".formatted(seed, e, seed),
          e);
    }
  }
}
