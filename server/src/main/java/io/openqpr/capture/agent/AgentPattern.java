package io.openqpr.capture.agent;

import java.util.Locale;
import java.util.regex.Pattern;

/// What is looked for in a user agent. Most patterns of the lists are plain words, which are found
/// ten times faster as such.
sealed interface AgentPattern {

  boolean isIn(String agent, String lowerCaseAgent);

  /// @param regex a regular expression; `(?i)` in front makes it one for any case
  static AgentPattern of(String regex) {
    boolean anyCase = regex.startsWith("(?i)");
    String plain = plain(anyCase ? regex.substring(4) : regex);
    if (plain.isEmpty()) {
      return new Regex(Pattern.compile(regex));
    }
    return anyCase ? new AnyCase(plain.toLowerCase(Locale.ROOT)) : new Word(plain);
  }

  /// The word that a regular expression stands for; empty when it stands for more than one.
  private static String plain(String regex) {
    var word = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(i + 1))) {
        word.append(regex.charAt(++i));
      } else if ("\\^$.|?*+()[]{}".indexOf(c) >= 0) {
        return "";
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }

  record Word(String word) implements AgentPattern {
    @Override
    public boolean isIn(String agent, String lowerCaseAgent) {
      return agent.contains(word);
    }
  }

  record AnyCase(String word) implements AgentPattern {
    @Override
    public boolean isIn(String agent, String lowerCaseAgent) {
      return lowerCaseAgent.contains(word);
    }
  }

  record Regex(Pattern pattern) implements AgentPattern {
    @Override
    public boolean isIn(String agent, String lowerCaseAgent) {
      return pattern.matcher(agent).find();
    }
  }
}
