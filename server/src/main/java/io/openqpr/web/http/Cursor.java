package io.openqpr.web.http;

import io.openqpr.model.Characters;
import io.openqpr.model.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// The opaque text by which a client asks for the page behind the one it has: base64url of
/// `1:<epoch ms>:<id>`, the place of the last row it saw in a list that is newest first. It stays
/// good while rows are added.
///
/// Not signed: whoever makes one up reads a page of their own rows, as filters would let them.
public record Cursor(Instant time, String id) {

  private static final String VERSION = "1";

  public String text() {
    String place = VERSION + ":" + time.toEpochMilli() + ":" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /// Empty when the text is no cursor of ours.
  static Optional<Cursor> parse(String text) {
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = place.split(":", 3);
      if (parts.length == 3 && parts[0].equals(VERSION) && isId(parts[2])) {
        return Optional.of(new Cursor(Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2]));
      }
    } catch (IllegalArgumentException e) {
      // not base64 or no number: told by the empty answer
    }
    return Optional.empty();
  }

  private static boolean isId(String text) {
    return !text.isEmpty()
        && Characters.count(text) <= Ids.MAX_LENGTH
        && JsonBody.isCleanText(text);
  }
}
