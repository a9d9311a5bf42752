package io.openqpr;

import io.openqpr.ops.Counter;
import io.openqpr.privacy.Housekeeping;
import io.openqpr.privacy.Retention;
import java.util.List;
import java.util.function.LongSupplier;

/// How much was deleted, and whether it is gone, at `/metrics`.
final class PrivacyCounters {

  private PrivacyCounters() {}

  static List<Counter> of(Retention retention, Housekeeping housekeeping) {
    return List.of(
        deleted("scan", retention::deletedScans),
        deleted("ignored_hit", retention::deletedHits),
        new Counter(
            "openqpr_compactions_total",
            "Compactions of the embedded store's file.",
            housekeeping::compactions),
        new Counter(
            "openqpr_housekeeping_failures_total",
            "Rounds of retention or compaction that failed and are repeated.",
            housekeeping::failures));
  }

  private static Counter deleted(String kind, LongSupplier value) {
    return new Counter(
        "openqpr_retention_deleted_total",
        "kind=\"" + kind + "\"",
        "Deleted because they were older than their account keeps them.",
        value);
  }
}
