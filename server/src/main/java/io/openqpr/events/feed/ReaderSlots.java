package io.openqpr.events.feed;

import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// So many readers at once who wait for what comes: streams, and requests that wait.
public final class ReaderSlots {

  private final int all;
  private final AtomicInteger taken = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  ReaderSlots(int all) {
    this.all = all;
  }

  /// Whoever took one gives it back.
  ///
  /// @throws ProblemException 503 when all are taken
  public void take() {
    if (taken.incrementAndGet() > all) {
      giveBack();
      refused.increment();
      throw new ProblemException(
          Kind.OVERLOADED,
          "As many readers as this server takes, %d, wait for events already: ask again soon."
              .formatted(all));
    }
  }

  public void giveBack() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }

  long refused() {
    return refused.sum();
  }
}
