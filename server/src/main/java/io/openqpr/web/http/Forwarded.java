package io.openqpr.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses in RFC 7239 `Forwarded` headers: `for=192.0.2.60;proto=https,
/// for="[2001:db8::7]"`.
final class Forwarded {

  private static final Pattern FOR =
      Pattern.compile(
          "(?:^|;)\\s*for\\s*=\\s*(?:\"([^\"\\\\]*)\"|([^\";\\s]*))\\s*(?=;|$)",
          Pattern.CASE_INSENSITIVE);

  private Forwarded() {}

  /// One text for each hop, in the order they came; empty where a hop names none. Empty elements of
  /// the list count for nothing (RFC 9110, 5.6.1.2).
  static List<String> hops(List<String> headers) {
    return elements(String.join(",", headers)).stream()
        .filter(element -> !element.isBlank())
        .map(Forwarded::address)
        .toList();
  }

  /// Split from the right: a quote that a client leaves open swallows nothing of what proxies wrote
  /// behind it.
  private static List<String> elements(String list) {
    var elements = new ArrayList<String>();
    boolean quoted = false;
    int end = list.length();
    for (int i = end - 1; i >= 0; i--) {
      char c = list.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        elements.addFirst(list.substring(i + 1, end));
        end = i;
      }
    }
    elements.addFirst(list.substring(0, end));
    return elements;
  }

  private static String address(String element) {
    Matcher pair = FOR.matcher(element.strip());
    if (!pair.find()) {
      return "";
    }
    String quoted = pair.group(1);
    return quoted != null ? quoted : pair.group(2);
  }
}
