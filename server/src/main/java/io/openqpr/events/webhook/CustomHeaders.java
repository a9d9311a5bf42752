package io.openqpr.events.webhook;

import io.openqpr.web.http.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Headers that an account wants on its webhook's requests, such as a key of its receiver; as text
/// one a line, name and value with a colon between.
final class CustomHeaders {

  static final int MOST = 20;
  static final int MAX_NAME = 100;
  static final int MAX_VALUE = 1_000;

  /// RFC 9110 5.6.2.
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

  /// What the connection, the body or the proof of who sends depends on.
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "transfer-encoding",
          "expect",
          "date",
          "user-agent",
          "accept-encoding",
          "cookie2",
          "http2-settings");

  private static final List<String> OUR_BEGINNINGS =
      List.of("content-", "webhook-", "x-3qpr-", "proxy-", "forwarded", "x-forwarded-", "svix-");

  private CustomHeaders() {}

  /// The field `headers`; `null` where it is absent.
  static @Nullable String read(JsonBody body) {
    Map<String, @Nullable String> given = body.textMembers("headers");
    if (given == null) {
      return null;
    }
    if (given.size() > MOST) {
      body.error("headers", "must have at most %d members; got %d".formatted(MOST, given.size()));
    }
    var byLower = new TreeMap<String, String>();
    var lines = new StringBuilder();
    given.forEach((name, value) -> {
      check(body, name, value);
      if (byLower.put(name.toLowerCase(Locale.ROOT), name) != null) {
        body.error("headers." + name, "is there twice: case makes no difference in names");
      }
      lines.append(name).append(':').append(value).append('\n');
    });
    return lines.toString();
  }

  private static void check(JsonBody body, String name, @Nullable String value) {
    String field = "headers." + (name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.length() > MAX_NAME || !TOKEN.matcher(name).matches()) {
      body.error(field, "must be a header's name of at most %d characters".formatted(MAX_NAME));
    } else if (OURS.contains(lower) || OUR_BEGINNINGS.stream().anyMatch(lower::startsWith)) {
      body.error(field, "can't be set: it is this server's own");
    }
    if (value == null) {
      body.error(field, "must have a text");
    } else if (value.length() > MAX_VALUE || !VALUE.matcher(value).matches()) {
      body.error(
          field,
          "must be 1 to %d printable ASCII characters on one line, with no blanks around"
              .formatted(MAX_VALUE));
    }
  }

  /// Name and value alternate.
  static List<String> parse(String text) {
    var headers = new ArrayList<String>();
    text.lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          headers.add(line.substring(0, colon));
          headers.add(line.substring(colon + 1));
        });
    return headers;
  }

  /// Names alone: values may be secrets.
  static List<String> names(String text) {
    return text.lines().map(line -> line.substring(0, line.indexOf(':'))).toList();
  }
}
