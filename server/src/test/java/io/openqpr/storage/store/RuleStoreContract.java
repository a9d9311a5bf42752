package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeRef;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How accounts' rules are kept.
public abstract class RuleStoreContract extends StoreContract {

  private static final Sign OFFICE = new Sign.AddressRange("203.0.113.0/24");
  private static final Sign KIOSK = new Sign.AgentWord("Acme \"Kiosk\"");

  @Test
  void keepsEveryFieldOfARule() {
    IgnoreRule office = rule("rule_1", code.ref(), OFFICE, "my office", 1);
    IgnoreRule kiosk = rule("rule_2", null, KIOSK, null, 2);

    added(office, kiosk);
    store.close();
    store = open();

    assertThat(store.rules().of(account)).containsExactly(kiosk, office);
  }

  @Test
  void theNewestComesFirst() {
    IgnoreRule[] rules = {
      rule("rule_b", null, KIOSK, null, 1),
      rule("rule_a", null, KIOSK, null, 2),
      rule("rule_c", null, KIOSK, null, 2),
    };

    added(rules);

    assertThat(store.rules().of(account)).containsExactly(rules[2], rules[1], rules[0]);
  }

  @Test
  void anAccountHasNoMoreThanItMay() {
    IgnoreRule third = rule("rule_3", null, KIOSK, null, 3);
    added(rule("rule_1", null, KIOSK, null, 1), rule("rule_2", null, KIOSK, null, 2));

    assertThat(store.rules().add(third, 2)).isFalse();
    assertThat(store.rules().of(account)).hasSize(2).doesNotContain(third);

    store.rules().remove(account, "rule_1");
    assertThat(store.rules().add(third, 2)).isTrue();
  }

  @Test
  void aRuleIsRemovedOnce() {
    IgnoreRule rule = rule("rule_1", code.ref(), OFFICE, null, 1);
    added(rule);

    assertThat(store.rules().remove(account, "rule_1")).contains(rule);
    assertThat(store.rules().remove(account, "rule_1")).isEmpty();
    assertThat(store.rules().of(account)).isEmpty();
  }

  @Test
  void accountsSeeNothingOfEachOther() {
    int other = store.accounts().create("acct_2", "Two", Samples.BORN).number();
    added(rule("rule_1", null, OFFICE, null, 1));

    assertThat(store.rules().of(other)).isEmpty();
    assertThat(store.rules().remove(other, "rule_1")).isEmpty();
    assertThat(store.rules().of(account)).hasSize(1);
  }

  @Test
  void rulesOfAnotherStoreAreRestoredOnce() {
    IgnoreRule here = rule("rule_1", null, OFFICE, "here", 1);
    IgnoreRule there = rule("rule_2", code.ref(), KIOSK, null, 2);
    added(here);

    for (int times = 0; times < 2; times++) {
      store.rules().restore(List.of(rule("rule_1", null, KIOSK, "there", 9), there));
      assertThat(store.rules().of(account)).containsExactly(there, here);
    }
  }

  private IgnoreRule rule(
      String id, @Nullable CodeRef of, Sign sign, @Nullable String name, long seconds) {
    return new IgnoreRule(id, account, of, sign, name, at(seconds));
  }

  private void added(IgnoreRule... rules) {
    for (IgnoreRule rule : rules) {
      assertThat(store.rules().add(rule, 100)).isTrue();
    }
  }
}
