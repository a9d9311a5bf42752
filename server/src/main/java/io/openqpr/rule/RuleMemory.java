package io.openqpr.rule;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.store.RuleStore;
import io.openqpr.store.StoreException;
import io.openqpr.store.StoreException.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Rules of the accounts whose codes are scanned, remembered: none, for most. A store that does not
/// answer in time does not hold up a scan: the account's last known rules are used then.
final class RuleMemory {

  private static final Logger LOG = System.getLogger(RuleMemory.class.getName());

  /// Most of them hold nothing; a hundred rules are some 10 kB.
  private static final int REMEMBERED_ACCOUNTS = 10_000;

  /// How long somebody who scans may wait for news of the rules.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /// How many may ask the store at once; beyond, what is known has to do.
  private static final int QUESTIONS = 1_000;

  private final RuleStore store;
  private final boolean shared;
  private final Cache<Integer, CompletableFuture<AccountRules>> current;
  private final Semaphore questions = new Semaphore(QUESTIONS);
  private final LongAdder forgotten = new LongAdder();
  private final LongAdder unheard = new LongAdder();
  private final Cache<Integer, AccountRules> lastKnown =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_ACCOUNTS)
          .evictionListener((account, rules, cause) -> forgotten.increment())
          .build();

  /// @param freshFor how long what is remembered is taken for right; `null` for ever, where nobody
  ///   else changes rules
  RuleMemory(RuleStore store, @Nullable Duration freshFor) {
    this.store = store;
    this.shared = freshFor != null;
    var builder = Caffeine.newBuilder().maximumSize(REMEMBERED_ACCOUNTS);
    this.current = (freshFor == null ? builder : builder.expireAfterWrite(freshFor)).build();
  }

  AccountRules of(int account) {
    CompletableFuture<AccountRules> rules = current.get(account, this::asked);
    try {
      return rules.isDone() ? rules.get() : rules.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return withoutNews(account, rules);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return withoutNews(account, rules);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof StoreException)) {
        LOG.log(Level.ERROR, "the rules of account " + account + " cannot be used", e.getCause());
      }
      return withoutNews(account, rules);
    }
  }

  /// On a thread of its own; whoever asks meanwhile waits for the same answer.
  private CompletableFuture<AccountRules> asked(int account) {
    if (!questions.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new StoreException(Kind.BUSY, "too many accounts' rules are asked for at once"));
    }
    return CompletableFuture.supplyAsync(() -> ask(account), Thread::startVirtualThread);
  }

  private AccountRules ask(int account) {
    try {
      AccountRules rules = AccountRules.of(store.of(account));
      lastKnown.put(account, rules);
      return rules;
    } finally {
      questions.release();
    }
  }

  private AccountRules withoutNews(int account, CompletableFuture<AccountRules> asked) {
    unheard.increment();
    AccountRules known = lastKnown.get(account, _ -> AccountRules.NONE);
    if (shared) {
      // Until what is remembered is old again, others need not wait.
      current.asMap().replace(account, asked, CompletableFuture.completedFuture(known));
    } else if (asked.isDone()) {
      current.asMap().remove(account, asked);
    }
    return known;
  }

  /// The next scan asks the store.
  void forget(int account) {
    current.invalidate(account);
  }

  /// How often an account's rules made room for others'.
  long forgotten() {
    return forgotten.sum();
  }

  /// How many scans were judged without the store's word.
  long unheard() {
    return unheard.sum();
  }
}
