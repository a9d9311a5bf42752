package io.openqpr.code.rule;

import io.openqpr.model.Cidr;
import io.openqpr.model.CodeId;
import io.openqpr.model.IgnoreRule.Sign;
import io.openqpr.web.http.JsonBody;
import org.jspecify.annotations.Nullable;

/// What whoever sets a rule says of it, checked but for whether the code is there.
///
/// @param code the id; `null` for all codes
record RuleDraft(Sign sign, @Nullable String code, @Nullable String name) {

  private static final String ADDRESS_RANGE = "address_range";
  private static final String AGENT_WORD = "agent_word";

  /// The longest way to write a range.
  private static final int MAX_RANGE = 49;

  /// Shorter ones are in nearly every agent.
  private static final int MIN_WORD = 3;

  private static final int MAX_WORD = 100;
  private static final int MAX_NAME = 200;

  /// Stands in until the mistake is told.
  private static final Sign NOTHING = new Sign.AgentWord("");

  /// @throws io.openqpr.web.http.ProblemException 400 with all mistakes
  static RuleDraft read(JsonBody body) {
    String range = body.text(ADDRESS_RANGE, MAX_RANGE);
    String word = body.text(AGENT_WORD, MAX_WORD);
    String code = body.text("qpr_code_id", CodeId.MAX_LENGTH);
    String name = body.text("name", MAX_NAME);
    Sign sign = NOTHING;
    if (range != null) {
      sign = new Sign.AddressRange(normal(range, body));
    }
    if (word != null) {
      checkWord(word, body);
      sign = new Sign.AgentWord(word);
    }
    if (body.has(ADDRESS_RANGE) && body.has(AGENT_WORD)) {
      body.error(AGENT_WORD, "must be left out beside `address_range`: make a rule of each");
    }
    if (!body.has(ADDRESS_RANGE) && !body.has(AGENT_WORD)) {
      body.error(
          ADDRESS_RANGE,
          "is missing; a rule ignores an address range such as 203.0.113.0/24, or an `agent_word`");
    }
    if (name != null && name.isBlank()) {
      body.error("name", "must not be blank; leave it out for none");
    }
    body.done();
    return new RuleDraft(sign, code, name);
  }

  private static String normal(String text, JsonBody body) {
    Cidr range;
    try {
      range = Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      body.error(
          ADDRESS_RANGE,
          "must be an IPv4 or IPv6 address, or a range such as 203.0.113.0/24 or 2001:db8::/32; got"
              + " the text `"
              + text
              + "`");
      return "";
    }
    Cidr fromFirst = range.fromFirst();
    if (range.bits() == 0) {
      body.error(ADDRESS_RANGE, "must not hold every address; `" + text + "` does");
    } else if (!range.equals(fromFirst)) {
      body.error(
          ADDRESS_RANGE,
          "`%s` is an address inside a range: write %s for the range, or %s for the address"
              .formatted(text, fromFirst.text(), range.network().getHostAddress()));
    }
    return range.text();
  }

  private static void checkWord(String word, JsonBody body) {
    if (word.length() < MIN_WORD) {
      body.error(
          AGENT_WORD,
          "must have at least %d characters; got %d".formatted(MIN_WORD, word.length()));
    } else if (word.isBlank()) {
      body.error(AGENT_WORD, "must not be blank");
    } else if (!word.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      body.error(AGENT_WORD, "must be printable ASCII, as user agents are");
    }
  }
}
