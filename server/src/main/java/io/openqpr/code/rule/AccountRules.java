package io.openqpr.code.rule;

import io.openqpr.model.Cidr;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoreRule;
import io.openqpr.model.IgnoreRule.Sign;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of one account, made ready for the hot path.
record AccountRules(List<Range> ranges, List<Word> words) {

  static final AccountRules NONE = new AccountRules(List.of(), List.of());

  /// With its code's reference and a word of a hundred characters.
  private static final int RULE_BYTES = 600;

  AccountRules {
    ranges = List.copyOf(ranges);
    words = List.copyOf(words);
  }

  /// @param code whose scans it is about; `null` for all
  record Range(@Nullable CodeRef code, Cidr addresses) {}

  record Word(@Nullable CodeRef code, String lowerCase) {}

  static AccountRules of(List<IgnoreRule> rules) {
    var ranges = new ArrayList<Range>();
    var words = new ArrayList<Word>();
    for (IgnoreRule rule : rules) {
      switch (rule.sign()) {
        case Sign.AddressRange(String range) ->
            ranges.add(new Range(rule.code(), Cidr.parse(range)));
        case Sign.AgentWord(String word) -> words.add(new Word(rule.code(), lowerCase(word)));
      }
    }
    return new AccountRules(ranges, words);
  }

  /// What it takes of the heap, at about [#RULE_BYTES] for each rule.
  int weight() {
    return RULE_BYTES * (ranges.size() + words.size());
  }

  /// Why a request for the code's scan URL is to be ignored, if it is; the address is looked at
  /// first.
  Optional<IgnoreReason> reasonFor(CodeRef code, InetAddress address, String agent) {
    for (Range range : ranges) {
      if (isAbout(range.code(), code) && range.addresses().contains(address)) {
        return Optional.of(IgnoreReason.RULE_ADDRESS);
      }
    }
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String lowerCase = lowerCase(agent);
    for (Word word : words) {
      if (isAbout(word.code(), code) && lowerCase.contains(word.lowerCase())) {
        return Optional.of(IgnoreReason.RULE_AGENT);
      }
    }
    return Optional.empty();
  }

  private static boolean isAbout(@Nullable CodeRef ruled, CodeRef scanned) {
    return ruled == null || ruled.number() == scanned.number();
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
