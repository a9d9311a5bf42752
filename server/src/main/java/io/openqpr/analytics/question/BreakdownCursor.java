package io.openqpr.analytics.question;

import io.openqpr.storage.store.BreakdownQuestion.Behind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The opaque text by which a client asks for the page of a breakdown behind the one it has:
/// base64url of `1 <from ms> <until ms> <measure> <values>`. It keeps to the window of the first
/// page, so that scans that arrive meanwhile move no row.
record BreakdownCursor(Instant from, Instant until, Behind behind) {

  private static final String VERSION = "1";
  private static final int FIXED_PARTS = 4;

  String text() {
    var text = new StringBuilder(VERSION);
    text.append(' ').append(from.toEpochMilli()).append(' ').append(until.toEpochMilli());
    text.append(' ').append(behind.measure());
    for (String value : behind.values()) {
      text.append(' ');
      text.append(value == null ? "" : "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Empty when the text is none of ours, or of a breakdown by another number of facets.
  static Optional<BreakdownCursor> parse(String text, int facets) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length != FIXED_PARTS + facets || !parts[0].equals(VERSION)) {
        return Optional.empty();
      }
      var values = new ArrayList<@Nullable String>();
      for (String part : List.of(parts).subList(FIXED_PARTS, parts.length)) {
        values.add(
            part.isEmpty() ? null : URLDecoder.decode(part.substring(1), StandardCharsets.UTF_8));
      }
      Instant from = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      Instant until = Instant.ofEpochMilli(Long.parseLong(parts[2]));
      return from.isBefore(until)
          ? Optional.of(
              new BreakdownCursor(from, until, new Behind(Long.parseLong(parts[3]), values)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not base64, no number or no escape
    }
  }
}
