package io.openqpr.model;

import java.util.Optional;

/// The id of an ignored hit: `hit_` and what would follow `scan_` in the id of the scan that it
/// becomes when somebody says that it was a person after all.
public record HitId(String text) {

  public static final String PREFIX = "hit_";

  public static HitId of(ScanId scan) {
    return new HitId(PREFIX + scan.text().substring(ScanId.PREFIX.length()));
  }

  /// Empty for a text that is no such id.
  public static Optional<HitId> parse(String text) {
    boolean isOne = text.startsWith(PREFIX) && Characters.count(text) <= Ids.MAX_LENGTH;
    return isOne ? Optional.of(new HitId(text)) : Optional.empty();
  }

  /// The scan that the hit would be.
  public ScanId asScan() {
    return new ScanId(ScanId.PREFIX + text.substring(PREFIX.length()));
  }
}
