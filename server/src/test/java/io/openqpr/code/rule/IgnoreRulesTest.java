package io.openqpr.code.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IdMaker;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import io.openqpr.storage.store.Alone;
import io.openqpr.storage.store.RuleStore;
import io.openqpr.storage.store.StoreException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// From when on rules count, and what becomes of scans while the store is away.
class IgnoreRulesTest {

  private static final CodeRef DOOR = new CodeRef(1, 7, new CodeId("qpr_1"), "aaaaaa");
  private static final Sign KIOSK = new Sign.AgentWord("kiosk");

  private final SomeRules store = new SomeRules();
  private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final IgnoreRules rules =
      new IgnoreRules(store, new Alone(), new IdMaker(clock, new SecureRandom()), clock);

  @Test
  void aRuleCountsFromTheNextScanOnUntilItIsRemoved() {
    assertThat(reason()).isEmpty();

    IgnoreRule rule = rules.add(7, null, KIOSK, null).orElseThrow();
    assertThat(reason()).contains(IgnoreReason.RULE_AGENT);

    rules.remove(7, rule.id());
    assertThat(reason()).isEmpty();
  }

  @Test
  void theStoreIsAskedOnce() {
    for (int i = 0; i < 10; i++) {
      reason();
    }
    assertThat(store.asked).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsHoldsUpNoScanAndIsAskedAgain() {
    store.rules.add(new IgnoreRule("rule_1", 7, null, KIOSK, null, Instant.EPOCH));

    store.away = true;
    assertThat(reason()).isEmpty();
    assertThat(rules.counter().value().getAsLong()).isEqualTo(1);
    store.away = false;
    assertThat(reason()).contains(IgnoreReason.RULE_AGENT);
  }

  private Optional<IgnoreReason> reason() {
    return rules.reasonFor(DOOR, InetAddress.ofLiteral("::1"), "Acme Kiosk/3");
  }

  /// The rules of one account, in a store that may be away.
  private static final class SomeRules implements RuleStore {

    private final List<IgnoreRule> rules = new ArrayList<>();
    private int asked;
    private boolean away;

    @Override
    public boolean add(IgnoreRule rule, int most) {
      return rules.add(rule);
    }

    @Override
    public List<IgnoreRule> of(int account) {
      asked++;
      if (away) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
      }
      return List.copyOf(rules);
    }

    @Override
    public Optional<IgnoreRule> remove(int account, String id) {
      return Optional.of(rules.removeFirst());
    }

    @Override
    public void restore(List<IgnoreRule> restored) {
      rules.addAll(restored);
    }
  }
}
