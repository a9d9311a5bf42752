package io.openqpr.code;

import io.openqpr.web.http.JsonBody;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// A template of where a scan is sent: an http or https URL with `{scan_id}` and `{short_id}` to
/// fill in.
public final class ConversationUrl {

  static final int MAX_LENGTH = 2_000;

  private static final String SCAN_ID = "{scan_id}";
  private static final String SHORT_ID = "{short_id}";

  private ConversationUrl() {}

  /// Ids hold letters, digits, `_` and `-` only, so they stand in any part of a URL as they are.
  public static String fill(String template, String scanId, String shortId) {
    return template.replace(SCAN_ID, scanId).replace(SHORT_ID, shortId);
  }

  /// The template in the body's field `conversation_url`; `null` when it is absent or wrong.
  static @Nullable String read(JsonBody body) {
    String template = body.text("conversation_url", MAX_LENGTH);
    if (template != null && !isValid(template)) {
      body.error(
          "conversation_url",
          "must be an http or https URL in ASCII without blanks or control characters, with"
              + " {scan_id} and {short_id} as the only placeholders, such as"
              + " https://chat.example.com/?scan={scan_id}");
      return null;
    }
    return template;
  }

  /// Whether what comes out is a URL that every browser follows and that fits a header line.
  static boolean isValid(String template) {
    try {
      URI uri = new URI(fill(template, "scan_0", "abcdef"));
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null && template.chars().allMatch(c -> c > ' ' && c < 0x7F);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
