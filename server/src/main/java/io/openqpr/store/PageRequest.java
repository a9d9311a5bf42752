package io.openqpr.store;

import io.openqpr.model.ScanId;
import java.time.Instant;

/// Which page of a list newest first.
public sealed interface PageRequest {

  /// How many rows at the most.
  int limit();

  /// Skips `offset` rows.
  record AtOffset(int limit, long offset) implements PageRequest {}

  /// Begins behind a row, whether or not that row still exists.
  record Behind(int limit, Instant scannedAt, ScanId id) implements PageRequest {}
}
