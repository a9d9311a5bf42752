package io.openqpr.code;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.model.QprCode;
import io.openqpr.store.CodeStore;
import io.openqpr.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
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

  private final CodeStore store;
  private final @Nullable Duration freshFor;
  private final Cache<String, Remembered> codes =
      Caffeine.newBuilder().maximumSize(REMEMBERED_CODES).build();

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
    Remembered known = codes.get(shortId, id -> Remembered.now(store.byShortId(id)));
    return freshFor == null || !isOld(known, freshFor) ? known.code() : renewed(shortId, known);
  }

  /// True for one caller: the others take what is known meanwhile.
  private static boolean isOld(Remembered known, Duration freshFor) {
    long checked = known.checkedNanos().get();
    long now = System.nanoTime();
    return now - checked > freshFor.toNanos() && known.checkedNanos().compareAndSet(checked, now);
  }

  private Optional<QprCode> renewed(String shortId, Remembered known) {
    var answer = new CompletableFuture<Optional<QprCode>>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            Optional<QprCode> code = store.byShortId(shortId);
            codes.put(shortId, Remembered.now(code));
            answer.complete(code);
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return known.code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known.code();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException) {
        return known.code();
      }
      throw new CompletionException(e.getCause());
    }
  }

  void forget(String shortId) {
    codes.invalidate(shortId);
  }
}
