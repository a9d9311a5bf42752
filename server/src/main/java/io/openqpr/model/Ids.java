package io.openqpr.model;

import com.github.f4b6a3.ulid.Ulid;
import java.time.Instant;
import java.util.Optional;

/// What the ids have in common: a prefix that names the kind, and a ULID (26 characters of
/// Crockford base32, time-ordered).
public final class Ids {

  /// Longest id accepted from outside, in characters.
  public static final int MAX_LENGTH = 100;

  private Ids() {}

  static Optional<Instant> ulidTime(String prefix, String id) {
    if (!id.startsWith(prefix)) {
      return Optional.empty();
    }
    String ulid = id.substring(prefix.length());
    return Ulid.isValid(ulid) ? Optional.of(Ulid.getInstant(ulid)) : Optional.empty();
  }
}
