package io.openqpr.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ports to which may be sent, such as `443, 8000-8999`.
public record Ports(String text, List<Range> ranges) {

  /// Both ends are in it.
  public record Range(int first, int last) {}

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  /// @throws IllegalArgumentException for another text
  public static Ports parse(String text) {
    var ranges = new ArrayList<Range>();
    for (String part : text.split(",")) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw new IllegalArgumentException(text);
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first < 1 || last > 65_535 || first > last) {
        throw new IllegalArgumentException(text);
      }
      ranges.add(new Range(first, last));
    }
    return new Ports(text.strip(), List.copyOf(ranges));
  }

  public boolean has(int port) {
    return ranges.stream().anyMatch(range -> range.first() <= port && port <= range.last());
  }
}
