package io.openqpr.code;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.model.QprCode;
import io.openqpr.store.CodeStore;
import io.openqpr.store.StoreException;
import io.openqpr.store.StoreException.Kind;
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
import org.jspecify.annotations.Nullable;

/// Codes by short id, remembered. Unknown short ids are remembered too: whoever tries them out
/// costs no database work twice.
///
/// Where other servers change codes as well, what is remembered is asked for again after a moment;
/// when the store does not answer soon, what was known goes on being right, so that people who scan
/// do not notice.
final class CodeMemory {

  /// At some hundred bytes each.
  private static final int REMEMBERED_CODES = 50_000;

  /// How long somebody who scans may wait for news of a code.
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /// And how long where nothing is known of it: without an answer they have to come again.
  private static final Duration PATIENCE_FOR_NEW = Duration.ofMillis(1_500);

  /// How many may ask the store at once; beyond, what is known has to do.
  private static final int QUESTIONS = 1_000;

  private final CodeStore store;
  private final @Nullable Duration freshFor;
  private final Cache<String, Remembered> codes =
      Caffeine.newBuilder().maximumSize(REMEMBERED_CODES).build();
  private final Semaphore questions = new Semaphore(QUESTIONS);
  private final LongAdder unanswered = new LongAdder();

  /// @param freshFor `null` where nobody else changes codes
  CodeMemory(CodeStore store, @Nullable Duration freshFor) {
    this.store = store;
    this.freshFor = freshFor;
  }

  /// @param checkedNanos when the store was asked, by `System.nanoTime`
  private record Remembered(Optional<QprCode> code, AtomicLong checkedNanos) {

    static Remembered now(Optional<QprCode> code) {
      return new Remembered(code, new AtomicLong(System.nanoTime()));
    }
  }

  Optional<QprCode> get(String shortId) {
    if (freshFor == null) {
      return codes.get(shortId, id -> Remembered.now(store.byShortId(id))).code();
    }
    Remembered known = codes.getIfPresent(shortId);
    if (known != null) {
      return isOld(known, freshFor) ? renewed(shortId, known) : known.code();
    }
    try {
      return asked(shortId, PATIENCE_FOR_NEW);
    } catch (StoreException e) {
      unanswered.increment();
      throw e;
    }
  }

  /// True for one caller: the others take what is known meanwhile.
  private static boolean isOld(Remembered known, Duration freshFor) {
    long checked = known.checkedNanos().get();
    long now = System.nanoTime();
    return now - checked > freshFor.toNanos() && known.checkedNanos().compareAndSet(checked, now);
  }

  private Optional<QprCode> renewed(String shortId, Remembered known) {
    try {
      return asked(shortId, PATIENCE);
    } catch (StoreException e) {
      return known.code();
    }
  }

  /// @throws StoreException when the store does not say soon; what it says later is remembered
  private Optional<QprCode> asked(String shortId, Duration patience) {
    if (!questions.tryAcquire()) {
      throw new StoreException(Kind.BUSY, "too many codes are asked for at once");
    }
    var answer = new CompletableFuture<Optional<QprCode>>();
    Thread.ofVirtual().start(() -> ask(shortId, answer));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(Kind.BUSY, "the store does not tell soon what a code is", e);
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

  private void ask(String shortId, CompletableFuture<Optional<QprCode>> answer) {
    try {
      Optional<QprCode> code = store.byShortId(shortId);
      codes.put(shortId, Remembered.now(code));
      answer.complete(code);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    } finally {
      questions.release();
    }
  }

  /// How often nothing was known of a short id, and the store did not answer.
  long unanswered() {
    return unanswered.sum();
  }

  void forget(String shortId) {
    codes.invalidate(shortId);
  }
}
