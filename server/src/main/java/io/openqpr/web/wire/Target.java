package io.openqpr.web.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a request asks for: the path as it came and, behind a question mark, the query.
///
/// The form with a whole URL, which clients use that take this server for their proxy, means its
/// path (RFC 9112, 3.2.2). Bytes beyond ASCII, which some programs send as they are, are taken as
/// if they were percent-encoded.
///
/// @param path begins with a slash, or is `*`
/// @param query `null` where there is no question mark
record Target(String path, @Nullable String query) {

  static Target parse(byte[] bytes, int from, int to) throws RefusedException {
    String text = ascii(bytes, from, to);
    if (!text.startsWith("/")) {
      text = text.equals("*") ? text : pathOfUrl(text);
    }
    int fragment = text.indexOf('#');
    String whole = fragment < 0 ? text : text.substring(0, fragment);
    int question = whole.indexOf('?');
    return question < 0
        ? new Target(whole, null)
        : new Target(whole.substring(0, question), whole.substring(question + 1));
  }

  private static String pathOfUrl(String url) throws RefusedException {
    String start = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
    int authority = start.startsWith("http://") ? 7 : start.equals("https://") ? 8 : 0;
    int end = authority;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    if (authority == 0 || end == authority) {
      throw RefusedException.malformed();
    }
    return end < url.length() && url.charAt(end) == '/'
        ? url.substring(end)
        : "/" + url.substring(end);
  }

  private static String ascii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return encoded(bytes, from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }

  private static String encoded(byte[] bytes, int from, int to) {
    var text = new StringBuilder(2 * (to - from));
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        text.append('%').append("%02X".formatted(bytes[i] & 0xFF));
      } else {
        text.append((char) bytes[i]);
      }
    }
    return text.toString();
  }
}
