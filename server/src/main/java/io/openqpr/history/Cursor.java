package io.openqpr.history;

import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.store.PageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// The opaque text by which a client asks for the page behind the one it has: base64url of
/// `1:<epoch ms>:<scan id>`, the place of the last scan it saw. It stays good while scans arrive.
///
/// Not signed: whoever makes one up reads a page of their own scans, as `until` would let them.
final class Cursor {

  private static final String VERSION = "1";

  private Cursor() {}

  static String behind(Scan last) {
    String place = VERSION + ":" + last.scannedAt().toEpochMilli() + ":" + last.id().text();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /// Empty when the text is no cursor of ours.
  static Optional<PageRequest> parse(String text, int limit) {
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = place.split(":", 3);
      if (parts.length == 3 && parts[0].equals(VERSION)) {
        Instant scannedAt = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return Optional.of(new PageRequest.Behind(limit, scannedAt, new ScanId(parts[2])));
      }
    } catch (IllegalArgumentException e) {
      // not base64, no number, or no id: told by the empty answer
    }
    return Optional.empty();
  }
}
