package io.openqpr.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IdMaker;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import io.openqpr.store.RuleStore;
import io.openqpr.store.StoreException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is remembered of rules, and what becomes of scans while the store is away.
@Timeout(30)
class IgnoreRulesTest {

  private static final CodeRef DOOR = new CodeRef(1, 7, new CodeId("qpr_1"), "aaaaaa");
  private static final Sign KIOSK = new Sign.AgentWord("kiosk");

  /// So short that it is over at the next question.
  private static final Duration AT_ONCE = Duration.ofNanos(1);

  private final SomeRules store = new SomeRules();

  @Test
  void aRuleCountsFromTheNextScanOnUntilItIsRemoved() {
    IgnoreRules rules = rules(null);
    assertThat(reason(rules)).isEmpty();

    IgnoreRule rule = rules.add(7, null, KIOSK, null).orElseThrow();
    assertThat(reason(rules)).contains(IgnoreReason.RULE_AGENT);

    rules.remove(7, rule.id());
    assertThat(reason(rules)).isEmpty();
  }

  @Test
  void theStoreIsAskedOnceWhereNobodyElseChangesRules() {
    IgnoreRules rules = rules(null);
    for (int i = 0; i < 10; i++) {
      reason(rules);
    }
    assertThat(store.asked).isEqualTo(1);
  }

  @Test
  void anotherServersRuleCountsWhenWhatIsRememberedIsOld() {
    IgnoreRules here = rules(AT_ONCE);
    assertThat(reason(here)).isEmpty();
    rules(AT_ONCE).add(7, null, KIOSK, null);
    assertThat(reason(here)).contains(IgnoreReason.RULE_AGENT);
  }

  @Test
  void theLastKnownRulesCountWhileTheStoreIsAway() {
    IgnoreRules rules = rules(AT_ONCE);
    rules.add(7, null, KIOSK, null);
    reason(rules);

    store.away = true;
    assertThat(reason(rules)).contains(IgnoreReason.RULE_AGENT);
    assertThat(rules.unheard()).isPositive();

    store.away = false;
    store.rules.clear();
    assertThat(reason(rules)).isEmpty();
  }

  @Test
  void aStoreThatFailedIsAskedAgain() {
    IgnoreRules rules = rules(null);
    store.rules.add(new IgnoreRule("rule_1", 7, null, KIOSK, null, Instant.EPOCH));

    store.away = true;
    assertThat(reason(rules)).isEmpty();
    store.away = false;
    assertThat(reason(rules)).contains(IgnoreReason.RULE_AGENT);
  }

  @Test
  void nobodyWaitsForAStoreThatHangs() {
    IgnoreRules rules = rules(Duration.ofMinutes(1));
    store.hangs = new CountDownLatch(1);
    long begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(reason(rules)).isEmpty();
    }
    // The first waits a moment; a hundred such moments would be half a minute.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(rules.unheard()).isEqualTo(1);
    store.hangs.countDown();
  }

  private IgnoreRules rules(@Nullable Duration freshFor) {
    var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new IgnoreRules(store, new IdMaker(clock, new SecureRandom()), clock, freshFor);
  }

  private static Optional<IgnoreReason> reason(IgnoreRules rules) {
    return rules.reasonFor(DOOR, InetAddress.ofLiteral("::1"), "Acme Kiosk/3");
  }

  /// The rules of one account, in a store that may be away.
  private static final class SomeRules implements RuleStore {

    private final List<IgnoreRule> rules = new ArrayList<>();
    private volatile int asked;
    private volatile boolean away;
    private volatile CountDownLatch hangs = new CountDownLatch(0);

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
      try {
        hangs.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
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
