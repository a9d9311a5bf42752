package io.openqpr.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The id of a scan: `scan_` and a ULID for scans made here; imported ids are kept as they are.
///
/// Ids made here hold their scan's time in milliseconds, which stores use to find the row without
/// an index; [#time] is empty for ids of another form.
public record ScanId(String text) {

  public static final String PREFIX = "scan_";

  public static final int MAX_LENGTH = Ids.MAX_LENGTH;

  /// What else stands behind `/v1/scans/`.
  private static final Set<String> WORDS_OF_PATHS = Set.of("export", "ignored", "import");

  public ScanId {
    if (text.isEmpty() || Characters.count(text) > Ids.MAX_LENGTH) {
      throw new IllegalArgumentException("scan id of " + text.length() + " characters");
    }
  }

  /// Whether a scan of this id could never be asked for by it.
  public static boolean isUnreachable(String text) {
    return Ids.isUnreachable(text, WORDS_OF_PATHS);
  }

  /// The time that a ULID after the prefix holds.
  public Optional<Instant> time() {
    return Ids.ulidTime(PREFIX, text);
  }
}
