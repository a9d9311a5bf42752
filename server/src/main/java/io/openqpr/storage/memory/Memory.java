package io.openqpr.storage.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.Alone;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// What was read from the store, remembered for as long as [Changes#trust] says, and asked for
/// again when it is heard to have changed. That something does not exist is remembered too: whoever
/// tries out keys costs no work in the store twice.
public final class Memory<V> {

  /// Between two tries to renew what the store could not tell.
  private static final Duration RETRY = Duration.ofMillis(500);

  /// How many may ask the store at once and not wait for it; beyond, what is known has to do.
  private static final int QUESTIONS = 1_000;

  /// What an entry takes beside its key and value.
  private static final int OVERHEAD = Weight.ENTRY + 48;

  private final Changes changes;
  private final Function<String, V> store;
  private final Cache<String, Known<V>> entries;
  private final Semaphore questions = new Semaphore(QUESTIONS);
  private final LongAdder unanswered = new LongAdder();
  private volatile long certainSince = System.nanoTime();

  /// @param share what it may hold at the most; the least used make room
  /// @param weigher what a value takes of it; keys are weighed here
  /// @param kind of the changes that empty an entry, whose keys are this memory's
  /// @param store asks it; one call at a time for each key
  public Memory(
      HeapShare share,
      ToIntFunction<V> weigher,
      Change.Kind kind,
      Changes changes,
      Function<String, V> store) {
    this.changes = changes;
    this.store = store;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(share.bytes())
            .weigher((String key, Known<V> known) ->
                OVERHEAD + Weight.of(key) + weigher.applyAsInt(known.value()))
            .build();
    changes.listen(
        new Changes.Listener() {
          @Override
          public void changed(Change change) {
            if (change.kind() == kind) {
              forget(change.key());
            }
          }

          @Override
          public void missed() {
            certainSince = System.nanoTime();
          }
        });
  }

  /// @param askedNanos when the store began to be asked, by `System.nanoTime`
  /// @param retryNanos when somebody may ask it anew because this is old
  private record Known<V>(long askedNanos, V value, AtomicLong retryNanos) {}

  /// What is known without asking the store, if that is certain.
  public Optional<V> known(String key) {
    return Optional.ofNullable(entries.getIfPresent(key)).filter(this::isCertain).map(Known::value);
  }

  /// Right, or the store's exception.
  public V get(String key) {
    Known<V> known = entries.getIfPresent(key);
    return known != null && isCertain(known) ? known.value() : asked(key);
  }

  /// As [#get], but where the store does not answer in time, or not at all, what was known goes on
  /// being right.
  ///
  /// @param patienceForNew how long the store is waited for where nothing is known
  /// @throws StoreException when nothing is known, and the store does not say what it is
  public V getWithin(Duration patience, Duration patienceForNew, String key) {
    if (changes instanceof Alone) {
      return get(key); // the embedded store never goes away
    }
    Known<V> known = entries.getIfPresent(key);
    if (known != null) {
      return isCertain(known) || !isMyTurn(known) ? known.value() : renewed(key, known, patience);
    }
    try {
      return askedWithin(patienceForNew, key, () -> {});
    } catch (StoreException e) {
      unanswered.increment();
      throw e;
    }
  }

  /// How often nothing was known, and the store did not answer in time.
  public long unanswered() {
    return unanswered.sum();
  }

  /// The next who asks gets what the store has. A store that is being asked now is waited for, also
  /// where nothing is known yet: its answer may be of before.
  ///
  /// What was known is kept for those who cannot wait, in case the store goes away just now.
  public void forget(String key) {
    entries
        .asMap()
        // Not computeIfPresent: that does not wait for a first question.
        .compute(
            key,
            (_, known) -> known == null ? null : new Known<>(uncertain(), known.value(), now()));
  }

  private long uncertain() {
    return certainSince - 1;
  }

  private static AtomicLong now() {
    return new AtomicLong(System.nanoTime());
  }

  private boolean isCertain(Known<V> known) {
    return known.askedNanos() - certainSince >= 0
        && System.nanoTime() - known.askedNanos() < changes.trust().toNanos();
  }

  private V asked(String key) {
    return entries
        .asMap()
        .compute(key, (k, old) -> old != null && isCertain(old) ? old : ask(k))
        .value();
  }

  private Known<V> ask(String key) {
    long now = System.nanoTime();
    return new Known<>(now, store.apply(key), new AtomicLong(now));
  }

  /// True for one caller: the others take what is known meanwhile.
  private static boolean isMyTurn(Known<?> known) {
    long retry = known.retryNanos().get();
    long now = System.nanoTime();
    // Whoever has the turn gives it back; a store that hangs for a day is asked no more by others.
    return now - retry >= 0
        && known.retryNanos().compareAndSet(retry, now + Duration.ofDays(1).toNanos());
  }

  private V renewed(String key, Known<V> known, Duration patience) {
    try {
      return askedWithin(
          patience, key, () -> known.retryNanos().set(System.nanoTime() + RETRY.toNanos()));
    } catch (StoreException e) {
      return known.value();
    }
  }

  /// @param end is called when the store has answered, also when nobody waits any more
  /// @throws StoreException when the store does not say soon; what it says later is remembered
  private V askedWithin(Duration patience, String key, Runnable end) {
    if (!questions.tryAcquire()) {
      end.run();
      throw new StoreException(Kind.BUSY, "too much is asked at once");
    }
    var answer = new CompletableFuture<V>();
    Thread.ofVirtual().start(() -> ask(key, answer, end));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(Kind.BUSY, "the store does not answer soon", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.BUSY, "interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException notAnswered) {
        throw notAnswered;
      }
      throw new CompletionException(e.getCause());
    }
  }

  private void ask(String key, CompletableFuture<V> answer, Runnable end) {
    try {
      answer.complete(asked(key));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    } finally {
      questions.release();
      end.run();
    }
  }
}
