package io.openqpr.storage.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which scans are meant.
///
/// @param account always inside one account
/// @param code only the code of this number
/// @param since only scans after this time, not at it
/// @param until only scans before this time, not at it
/// @param visit only scans of such visits
public record ScanFilter(
    int account,
    @Nullable Integer code,
    @Nullable Instant since,
    @Nullable Instant until,
    VisitFilter visit) {

  /// Of whatever visits.
  public ScanFilter(
      int account, @Nullable Integer code, @Nullable Instant since, @Nullable Instant until) {
    this(account, code, since, until, VisitFilter.ANY);
  }
}
