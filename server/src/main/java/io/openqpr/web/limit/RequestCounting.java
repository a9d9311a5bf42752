package io.openqpr.web.limit;

import io.openqpr.storage.store.LocalCounts;
import io.openqpr.storage.store.RequestCounts.Count;

/// Counts requests; refused ones too.
sealed interface RequestCounting extends AutoCloseable
    permits RequestCounting.Local, SharedCounting {

  /// Counts one more request.
  ///
  /// @param limit the most that are let through in a minute
  Count next(long sender, int limit);

  /// Requests that should have been counted with other servers, and were not.
  long alone();

  @Override
  void close();

  /// Where there are no other servers.
  record Local(LocalCounts counts) implements RequestCounting {

    @Override
    public Count next(long sender, int limit) {
      return counts.add(sender, 1);
    }

    @Override
    public long alone() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
