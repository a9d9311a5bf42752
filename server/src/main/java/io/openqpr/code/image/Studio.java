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
/// meanwhile. Anybody may ask for them.
///
/// What takes much memory or time is done one at a time, in a lane of its own: plain pictures do
/// not wait behind it, and it never needs more than [#MOST_BYTES] together with what is plain.
final class Studio {

  /// What work may need to be taken for plain.
  static final long PLAIN_BYTES = 2L << 20;

  /// A logo of the most pixels, of the rarest kind, being decoded and written again.
  static final long LARGE_BYTES = 32L << 20;

  private static final int PLAIN_THREADS = 2;

  /// Of everything that is drawn at the same time.
  static final long MOST_BYTES = LARGE_BYTES + PLAIN_THREADS * PLAIN_BYTES;

  private static final int PLAIN_WAITING = 100;
  private static final int LARGE_WAITING = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor plain = lane("studio-", PLAIN_THREADS, PLAIN_WAITING);
  private final ThreadPoolExecutor large = lane("studio-large-", 1, LARGE_WAITING);
  private final LongAdder refused = new LongAdder();

  private static ThreadPoolExecutor lane(String name, int threads, int waiting) {
    var lane =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name(name, 1).factory());
    // Idle threads end by themselves: there is nothing to close.
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }

  /// Pieces of work refused with 503 since the start.
  long refused() {
    return refused.sum();
  }

  /// Blocks until the work is done; throws what it throws.
  ///
  /// @param bytes that it needs at the most, about
  /// @throws ProblemException 503 when it is not done in time, or too many wait already
  <T> T make(long bytes, Supplier<T> work) {
    Future<T> made;
    try {
      made = (bytes <= PLAIN_BYTES ? plain : large).submit(work::get);
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
