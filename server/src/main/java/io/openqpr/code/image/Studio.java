package io.openqpr.code.image;

import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Where pictures are drawn and decoded: few threads of the system's own, so that scans go on
/// meanwhile, and the memory of many large pictures is never needed at once. Anybody may ask for
/// them.
final class Studio {

  /// Each takes up to 70 MB, for the largest picture with a logo.
  private static final int THREADS = 2;

  private static final int MAX_WAITING = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor threads;
  private final LongAdder refused = new LongAdder();

  Studio() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("studio-", 1).factory());
    // Idle threads end by themselves: there is nothing to close.
    threads.allowCoreThreadTimeOut(true);
  }

  /// Pieces of work refused with 503 since the start.
  long refused() {
    return refused.sum();
  }

  /// Blocks until the work is done; throws what it throws.
  ///
  /// @throws ProblemException 503 when it is not done in time, or too many wait already
  <T> T make(Supplier<T> work) {
    Future<T> made;
    try {
      made = threads.submit(work::get);
    } catch (RejectedExecutionException e) {
      throw busy();
    }
    try {
      return made.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      made.cancel(true);
      throw busy();
    } catch (InterruptedException e) {
      made.cancel(true);
      Thread.currentThread().interrupt();
      throw busy();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException("a picture cannot be made", e.getCause());
    }
  }

  private ProblemException busy() {
    refused.increment();
    return new ProblemException(
        Kind.OVERLOADED, "Too many pictures are being drawn: ask again in a moment.");
  }
}
