package io.openqpr.code.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which requests an account's rules ignore.
class AccountRulesTest {

  private static final CodeRef DOOR = new CodeRef(1, 1, new CodeId("qpr_1"), "aaaaaa");
  private static final CodeRef WINDOW = new CodeRef(2, 1, new CodeId("qpr_2"), "bbbbbb");
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("198.51.100.1");
  private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X)";

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.77, true",
    "203.0.113.0/24, 203.0.114.77, false",
    "203.0.113.0/24, ::ffff:203.0.113.77, true",
    "2001:db8::/48, 2001:db8:0:77::1, true",
    "2001:db8::/48, 2001:db8:1::1, false",
    "198.51.100.7, 198.51.100.7, true",
  })
  void anAddressInARangeIsIgnored(String range, String address, boolean ignored) {
    var rules = AccountRules.of(List.of(rule(null, new Sign.AddressRange(range))));
    var reason = rules.reasonFor(DOOR, InetAddress.ofLiteral(address), PHONE);
    assertThat(reason.orElse(null)).isEqualTo(ignored ? IgnoreReason.RULE_ADDRESS : null);
  }

  @ParameterizedTest
  @CsvSource({
    "AcmeKiosk, Mozilla/5.0 (Linux) acmekiosk/3, true",
    "acmekiosk, Mozilla/5.0 (Linux) ACMEKIOSK, true",
    "AcmeKiosk, Mozilla/5.0 (Linux) Acme Kiosk, false",
    "(Linux), Mozilla/5.0 (Linux) x, true",
    "L.nux, Mozilla/5.0 (Linux) x, false",
    "AcmeKiosk, '', false",
  })
  void anAgentWithTheWordIsIgnored(String word, String agent, boolean ignored) {
    var rules = AccountRules.of(List.of(rule(null, new Sign.AgentWord(word))));
    var reason = rules.reasonFor(DOOR, OUTSIDE, agent);
    assertThat(reason.orElse(null)).isEqualTo(ignored ? IgnoreReason.RULE_AGENT : null);
  }

  @Test
  void aRuleOfOneCodeIsNotTheOthers() {
    var rules =
        AccountRules.of(
            List.of(
                rule(DOOR, new Sign.AgentWord("iPhone")),
                rule(WINDOW, new Sign.AddressRange("198.51.100.0/24"))));
    assertThat(rules.reasonFor(DOOR, OUTSIDE, PHONE)).contains(IgnoreReason.RULE_AGENT);
    assertThat(rules.reasonFor(WINDOW, OUTSIDE, PHONE)).contains(IgnoreReason.RULE_ADDRESS);
    assertThat(rules.reasonFor(WINDOW, InetAddress.ofLiteral("::1"), PHONE)).isEmpty();
  }

  @Test
  void theAddressIsNamedFirstWhereBothAreIgnored() {
    var rules =
        AccountRules.of(
            List.of(
                rule(null, new Sign.AgentWord("iPhone")),
                rule(null, new Sign.AddressRange("198.51.100.1"))));
    assertThat(rules.reasonFor(DOOR, OUTSIDE, PHONE)).contains(IgnoreReason.RULE_ADDRESS);
  }

  @Test
  void withoutRulesNothingIsIgnored() {
    assertThat(AccountRules.NONE.reasonFor(DOOR, OUTSIDE, PHONE)).isEmpty();
  }

  private static IgnoreRule rule(@Nullable CodeRef code, Sign sign) {
    return new IgnoreRule("rule_1", 1, code, sign, null, Instant.EPOCH);
  }
}
