package io.openqpr.storage.store;

import java.time.Instant;

/// Which page of a list that is newest first: by time descending, then id descending.
public sealed interface PageRequest {

  /// How many rows at the most.
  int limit();

  /// Skips `offset` rows.
  record AtOffset(int limit, long offset) implements PageRequest {}

  /// Begins behind a row, whether or not that row still exists.
  record Behind(int limit, Instant time, String id) implements PageRequest {}
}
