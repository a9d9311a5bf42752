package io.openqpr.storage.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where scans that are written together lie in the feed.
///
/// @param line `null` where they are history, and in no feed
/// @param positions of each, in their order
public record ScanPlaces(@Nullable Integer line, List<Long> positions) {

  /// For scans that are imported, or copied.
  public static final ScanPlaces NOWHERE = new ScanPlaces(null, List.of());

  /// Of the scan that is written as the one of this number.
  public @Nullable Long position(int index) {
    return line == null ? null : positions.get(index);
  }
}
