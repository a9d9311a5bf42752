package io.openqpr.rule;

import io.openqpr.model.CodeRef;
import io.openqpr.model.IdMaker;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import io.openqpr.store.RuleStore;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What accounts told to ignore, and a bounded memory of it for the hot path. A rule counts from
/// the next scan on: on this server at once, on others of the same store within a second.
public final class IgnoreRules {

  /// Each scan of the account is held against all of them.
  static final int MOST = 100;

  private final RuleStore store;
  private final IdMaker ids;
  private final Clock clock;
  private final RuleMemory memory;

  /// @param freshFor how long what is remembered is taken for right; `null` for ever, where nobody
  ///   else changes rules
  public IgnoreRules(RuleStore store, IdMaker ids, Clock clock, @Nullable Duration freshFor) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.memory = new RuleMemory(store, freshFor);
  }

  /// Why a request for the code's scan URL is to be ignored, if the account has a rule for it.
  /// Never fails and hardly waits: without the store's word the last known rules are used.
  ///
  /// @param agent the user agent; empty where there is none
  public Optional<IgnoreReason> reasonFor(CodeRef code, InetAddress address, String agent) {
    return memory.of(code.account()).reasonFor(code, address, agent);
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
    memory.forget(account);
    return added ? Optional.of(rule) : Optional.empty();
  }

  /// Newest first.
  List<IgnoreRule> of(int account) {
    return store.of(account);
  }

  /// @return what was removed; empty when the account has no such rule
  Optional<IgnoreRule> remove(int account, String id) {
    Optional<IgnoreRule> removed = store.remove(account, id);
    memory.forget(account);
    return removed;
  }

  /// How often an account's rules made room for others' since the start.
  public long forgotten() {
    return memory.forgotten();
  }

  /// How many scans since the start were held against older rules, or none, because the store did
  /// not answer in time.
  public long unheard() {
    return memory.unheard();
  }
}
