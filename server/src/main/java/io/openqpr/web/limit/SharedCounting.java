package io.openqpr.web.limit;

import static java.util.Objects.requireNonNull;

import io.openqpr.platform.DurableThread;
import io.openqpr.storage.store.LocalCounts;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.storage.store.RequestCounts.Count;
import io.openqpr.storage.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// Counts together with other servers: one thread brings all requests that wait to the store in one
/// statement, so that each waits for one answer or two, and the store has one question at a time
/// from each server. Who is known to be over the limit is refused without asking.
///
/// When the store does not answer in time, nobody waits: this server goes on from what it knows,
/// alone, and then up to the limit for each server may be let through.
final class SharedCounting implements RequestCounting {

  private static final Logger LOG = System.getLogger(SharedCounting.class.getName());

  /// Requests that wait at the same time; further ones are counted here alone.
  private static final int MOST_WAITING = 10_000;

  private static final int MOST_AT_ONCE = 1_000;

  /// How long a request waits for the store.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final RequestCounts shared;
  private final LocalCounts own;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder alone = new LongAdder();
  private final DurableThread thread;

  /// Until then, by `System.nanoTime`, the store is not asked.
  private volatile long awayUntil = System.nanoTime();

  private boolean failing;
  private volatile boolean asking;
  private volatile long askedAt = System.nanoTime();

  SharedCounting(RequestCounts shared, LocalCounts own) {
    this.shared = shared;
    this.own = own;
    this.thread = DurableThread.start("request-counts", this::countSome);
  }

  private record Waiting(long sender, CompletableFuture<Count> answer) {}

  @Override
  public Count next(long sender, int limit) {
    boolean over = own.of(sender).filter(count -> count.used() >= limit).isPresent();
    if (over) {
      return own.add(sender, 1);
    }
    var waiting = new Waiting(sender, new CompletableFuture<>());
    if (isAway() || !queue.offer(waiting)) {
      return countedAlone(sender);
    }
    try {
      Count count = waiting.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      own.learn(sender, count);
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // counted here, then
    }
    waiting.answer().cancel(false);
    return countedAlone(sender);
  }

  @Override
  public long alone() {
    return alone.sum();
  }

  private Count countedAlone(long sender) {
    alone.increment();
    return own.add(sender, 1);
  }

  private boolean isAway() {
    long now = System.nanoTime();
    return now - awayUntil < 0 || (asking && now - askedAt > PATIENCE.toNanos());
  }

  private boolean countSome() throws InterruptedException {
    Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
    if (first != null) {
      var batch = new ArrayList<Waiting>();
      batch.add(first);
      queue.drainTo(batch, MOST_AT_ONCE - 1);
      batch.removeIf(waiting -> waiting.answer().isDone());
      failing = !count(batch, failing);
    }
    return true;
  }

  private boolean count(List<Waiting> batch, boolean wasFailing) {
    askedAt = System.nanoTime();
    asking = true;
    try {
      var requests = new TreeMap<Long, Integer>();
      batch.forEach(waiting -> requests.merge(waiting.sender(), 1, Integer::sum));
      answer(batch, requests, shared.add(requests));
      return true;
    } catch (RuntimeException e) {
      awayUntil = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
      batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
      if (!wasFailing) {
        boolean expected = e instanceof StoreException s && s.kind() != StoreException.Kind.BROKEN;
        String what = "limits of requests are this server's own until the store counts again";
        LOG.log(Level.WARNING, expected ? what + ": " + e.getMessage() : what, expected ? null : e);
      }
      return false;
    } finally {
      asking = false;
    }
  }

  /// Each gets a count of its own: the last of a sender's requests that of all.
  private static void answer(
      List<Waiting> batch, Map<Long, Integer> requests, Map<Long, Count> counts) {
    for (Waiting waiting : batch) {
      Count all = requireNonNull(counts.get(waiting.sender()));
      int later = requests.merge(waiting.sender(), -1, Integer::sum);
      waiting.answer().complete(new Count(all.used() - later, all.left()));
    }
  }

  @Override
  public void close() {
    thread.close(PATIENCE.multipliedBy(2));
  }
}
