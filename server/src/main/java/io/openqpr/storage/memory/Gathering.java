package io.openqpr.storage.memory;

import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the store for many keys with one question: whoever asks while a question is under way waits
/// for its end, and the next one is asked for all who wait. The busier it is, the more are answered
/// at once, so that no flood of keys that do not exist keeps those waiting that do.
///
/// @param <V> what a key stands for
public final class Gathering<V> {

  /// Keys in one question.
  private static final int AT_ONCE = 1_000;

  /// Who may wait for a turn; beyond, BUSY.
  private static final int WAITING = 10_000;

  /// How long one may wait for the turn; beyond, BUSY.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Function<Collection<String>, Map<String, V>> store;
  private final V absent;
  private final BlockingQueue<Asked<V>> queue = new ArrayBlockingQueue<>(WAITING);
  private final ReentrantLock turn = new ReentrantLock();

  /// @param store asks it; keys that do not exist are absent from its answer
  /// @param absent what such a key stands for
  public Gathering(Function<Collection<String>, Map<String, V>> store, V absent) {
    this.store = store;
    this.absent = absent;
  }

  private static final class Asked<V> {

    private final String key;

    // Written and read by whoever has the turn.
    private boolean done;
    private @Nullable V value;
    private @Nullable RuntimeException failure;

    Asked(String key) {
      this.key = key;
    }
  }

  /// Blocks until the store has answered.
  ///
  /// @throws StoreException of the store, or BUSY when too many wait or it takes too long
  public V of(String key) {
    var asked = new Asked<V>(key);
    if (!queue.offer(asked)) {
      throw new StoreException(Kind.BUSY, "too many wait for an answer already");
    }
    takeTurn(asked);
    try {
      while (!asked.done) {
        answerNext();
      }
    } finally {
      turn.unlock();
    }
    if (asked.failure != null) {
      throw asked.failure;
    }
    V value = asked.value;
    return value == null ? absent : value;
  }

  private void takeTurn(Asked<V> asked) {
    try {
      if (turn.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.remove(asked);
    throw new StoreException(Kind.BUSY, "the store does not answer soon");
  }

  private void answerNext() {
    List<Asked<V>> group = new ArrayList<>();
    queue.drainTo(group, AT_ONCE);
    var keys = new LinkedHashSet<String>();
    group.forEach(asked -> keys.add(asked.key));
    try {
      Map<String, V> found = store.apply(keys);
      for (Asked<V> asked : group) {
        asked.value = found.get(asked.key);
        asked.done = true;
      }
    } catch (RuntimeException e) {
      for (Asked<V> asked : group) {
        asked.failure = told(e);
        asked.done = true;
      }
    }
  }

  /// Thrown by many threads, each its own.
  private static RuntimeException told(RuntimeException e) {
    return e instanceof StoreException s
        ? new StoreException(s.kind(), String.valueOf(s.getMessage()), s)
        : new StoreException(Kind.BROKEN, "a question failed", e);
  }
}
