package io.openqpr.model;

import com.github.f4b6a3.ulid.Ulid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What the ids have in common: a prefix that names the kind, and a ULID (26 characters of
/// Crockford base32, time-ordered).
public final class Ids {

  /// Longest id accepted from outside, in characters.
  public static final int MAX_LENGTH = 100;

  private Ids() {}

  /// Whether nothing of this id could ever be asked for: in a URL one or two dots are no segment of
  /// a path, and these words lead elsewhere.
  static boolean isUnreachable(String id, Set<String> words) {
    return id.equals(".") || id.equals("..") || words.contains(id);
  }

  static Optional<Instant> ulidTime(String prefix, String id) {
    if (!id.startsWith(prefix)) {
      return Optional.empty();
    }
    String ulid = id.substring(prefix.length());
    return Ulid.isValid(ulid) ? Optional.of(Ulid.getInstant(ulid)) : Optional.empty();
  }
}
