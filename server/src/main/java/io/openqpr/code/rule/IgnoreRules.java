package io.openqpr.code.rule;

import io.openqpr.model.CodeRef;
import io.openqpr.model.IdMaker;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.memory.Memory;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import io.openqpr.storage.store.RuleStore;
import io.openqpr.storage.store.StoreException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What accounts told to ignore, and a bounded memory of it for the hot path. A rule counts from
/// the next scan on: on this server at once, on others of the same store within a second.
public final class IgnoreRules {

  /// Each scan of the account is held against all of them.
  static final int MOST = 100;

  /// How long somebody who scans may wait for news of the rules.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final RuleStore store;
  private final IdMaker ids;
  private final Clock clock;
  private final Memory<AccountRules> memory;
  private final LongAdder unheard = new LongAdder();

  public IgnoreRules(RuleStore store, Changes changes, IdMaker ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.memory =
        new Memory<>(
            HeapShare.RULES,
            AccountRules::weight,
            Change.Kind.IGNORE_RULES,
            changes,
            account -> AccountRules.of(store.of(Integer.parseInt(account))));
  }

  /// Why a request for the code's scan URL is to be ignored, if the account has a rule for it.
  /// Never fails and hardly waits: without the store's word the last known rules are used, or none.
  ///
  /// @param agent the user agent; empty where there is none
  public Optional<IgnoreReason> reasonFor(CodeRef code, InetAddress address, String agent) {
    return rulesOf(code.account()).reasonFor(code, address, agent);
  }

  private AccountRules rulesOf(int account) {
    try {
      return memory.getWithin(PATIENCE, PATIENCE, String.valueOf(account));
    } catch (StoreException e) {
      unheard.increment();
      return AccountRules.NONE;
    }
  }

  /// @param code `null` for all of the account's
  /// @return empty, and nothing added, when the account has [#MOST] already
  Optional<IgnoreRule> add(int account, @Nullable CodeRef code, Sign sign, @Nullable String name) {
    var rule =
        new IgnoreRule(
            ids.next(IgnoreRule.ID_PREFIX),
            account,
            code,
            sign,
            name,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    boolean added = store.add(rule, MOST);
    memory.forget(String.valueOf(account));
    return added ? Optional.of(rule) : Optional.empty();
  }

  /// Newest first.
  List<IgnoreRule> of(int account) {
    return store.of(account);
  }

  /// @return what was removed; empty when the account has no such rule
  Optional<IgnoreRule> remove(int account, String id) {
    Optional<IgnoreRule> removed = store.remove(account, id);
    memory.forget(String.valueOf(account));
    return removed;
  }

  /// How many scans were held against no rules: none were known, and the store did not answer.
  public Counter counter() {
    return new Counter(
        "openqpr_rules_unheard_total",
        "Scans held against no rules of their account: none were known, and the store was late.",
        unheard::sum);
  }
}
