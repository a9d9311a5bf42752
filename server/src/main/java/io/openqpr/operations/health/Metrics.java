package io.openqpr.operations.health;

import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.JournalState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// The few numbers there are, in the Prometheus text format, written by hand: a metrics library
/// would be larger than they.
final class Metrics {

  private Metrics() {}

  static String text(JournalState journal, boolean storeUp, List<Counter> others) {
    var counters = new ArrayList<>(of(journal));
    counters.addAll(others);
    var out = new StringBuilder();
    String name = "";
    for (Counter counter : counters) {
      if (!counter.name().equals(name)) {
        name = counter.name();
        describe(out, name, counter.help(), "counter");
      }
      String label = counter.label().isEmpty() ? "" : "{" + counter.label() + "}";
      out.append(name).append(label).append(' ');
      out.append(counter.value().getAsLong()).append('\n');
    }
    gauge(
        out,
        "openqpr_journal_backlog_bytes",
        "Durable, and not yet in the store.",
        journal.backlogBytes());
    gauge(out, "openqpr_store_up", "1 while the store answers and takes scans.", storeUp ? 1 : 0);
    return out.toString();
  }

  private static void gauge(StringBuilder out, String name, String help, long value) {
    describe(out, name, help, "gauge");
    out.append(name).append(' ').append(value).append('\n');
  }

  private static void describe(StringBuilder out, String name, String help, String type) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static List<Counter> of(JournalState state) {
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
        refused("queue_full", state::queueFull),
        refused("backlog_full", state::backlogFull),
        refused("disk_failed", state::diskFailures));
  }

  private static Counter refused(String reason, LongSupplier value) {
    return new Counter(
        "openqpr_refused_total",
        "reason=\"" + reason + "\"",
        "Events refused with 503, by reason.",
        value);
  }
}
