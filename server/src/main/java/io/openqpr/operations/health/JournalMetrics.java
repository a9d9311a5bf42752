package io.openqpr.operations.health;

import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Gauge;
import io.openqpr.platform.metric.Label;
import io.openqpr.platform.metric.Metric;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.JournalState;
import java.util.ArrayList;
import java.util.List;

/// What the journal counts, as operators see it.
final class JournalMetrics {

  private JournalMetrics() {}

  static List<Metric> of(Journal journal) {
    var metrics = new ArrayList<Metric>(of(journal.state()));
    metrics.addAll(journal.durations());
    return metrics;
  }

  /// All of one moment.
  static List<Metric> of(JournalState state) {
    return List.of(
        new Counter("openqpr_events_total", "Events made durable.", state::events),
        new Counter("openqpr_journal_syncs_total", "Syncs of the journal.", state::syncs),
        new Counter("openqpr_store_transactions_total", "Store commits.", state::transactions),
        new Counter(
            "openqpr_store_failures_total", "Store commits that failed.", state::storeFailures),
        new Counter(
            "openqpr_store_setbacks_total",
            "Times that the store lost its last moments; they were applied again.",
            state::storeSetbacks),
        new Counter(
            "openqpr_journal_undeleted_total",
            "Deletions of journal files that failed, and are tried again.",
            state::undeleted),
        refused("queue_full", state.queueFull()),
        refused("backlog_full", state.backlogFull()),
        refused("disk_failed", state.diskFailures()),
        new Gauge(
            "openqpr_journal_backlog_bytes",
            "Durable, and not yet in the store.",
            state::backlogBytes));
  }

  private static Counter refused(String reason, long value) {
    return new Counter(
        "openqpr_refused_total",
        List.of(new Label("reason", reason)),
        "Events refused with 503, by reason.",
        () -> value);
  }
}
