package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.store.ErasureStore.Erased;
import io.openqpr.storage.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Deletes scans and ignored hits that are older than their account keeps them.
public final class Retention {

  /// Scans in one transaction, so that others wait for less than a second.
  private static final int AT_ONCE = 20_000;

  private final Store store;
  private final Clock clock;
  private final LongAdder scans = new LongAdder();
  private final LongAdder hits = new LongAdder();

  public Retention(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// One batch of each account.
  ///
  /// @return whether more is left
  public boolean step() {
    boolean more = false;
    for (Account account : store.accounts().all()) {
      Integer days = account.retentionDays();
      if (days != null) {
        Instant time = clock.instant().minus(Duration.ofDays(days));
        Erased erased = store.erasure().eraseBefore(account.number(), time, AT_ONCE);
        scans.add(erased.scans());
        hits.add(erased.hits());
        more |= erased.scans() >= AT_ONCE || erased.hits() >= AT_ONCE;
      }
    }
    return more;
  }

  public List<Counter> counters() {
    return List.of(deleted("scan", scans), deleted("ignored_hit", hits));
  }

  private static Counter deleted(String kind, LongAdder number) {
    return new Counter(
        "openqpr_retention_deleted_total",
        "kind=\"" + kind + "\"",
        "Deleted because they were older than their account keeps them.",
        number::sum);
  }
}
