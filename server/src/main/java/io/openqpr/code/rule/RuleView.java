package io.openqpr.code.rule;

import io.openqpr.model.CodeRef;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A rule as the API shows it; either `address_range` or `agent_word` is `null`.
record RuleView(
    String id,
    @Nullable String qprCodeId,
    @Nullable String addressRange,
    @Nullable String agentWord,
    @Nullable String name,
    Instant createdAt) {

  static RuleView of(IgnoreRule rule) {
    CodeRef code = rule.code();
    String codeId = code == null ? null : code.id().text();
    return switch (rule.sign()) {
      case Sign.AddressRange(String range) ->
          new RuleView(rule.id(), codeId, range, null, rule.name(), rule.createdAt());
      case Sign.AgentWord(String word) ->
          new RuleView(rule.id(), codeId, null, word, rule.name(), rule.createdAt());
    };
  }
}
