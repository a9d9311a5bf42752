package io.openqpr.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// One thing, a line for each of its facts that there are.
final class VisitText {

  private final Map<String, String> facts = new LinkedHashMap<>();

  VisitText with(String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, Text.printable(value));
    }
    return this;
  }

  void printTo(PrintStream out) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach((name, value) -> out.println(Text.padRight(name, width) + "  " + value));
  }
}
