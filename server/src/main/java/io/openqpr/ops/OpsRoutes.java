package io.openqpr.ops;

import io.openqpr.http.Answer;
import io.openqpr.http.Problem;
import io.openqpr.http.Problem.Kind;
import io.openqpr.http.ProblemException;
import io.openqpr.http.Request;
import io.openqpr.http.Route;
import io.openqpr.journal.Journal;
import io.openqpr.journal.JournalState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What an operator and their tools ask: is it alive, is it ready, what does it count.
public final class OpsRoutes {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Journal journal;

  public OpsRoutes(Journal journal) {
    this.journal = journal;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/health/live", this::live),
        Route.get("/health/ready", this::ready),
        Route.get("/metrics", this::metrics));
  }

  private record Health(String status) {}

  private Answer live(Request request) {
    return Answer.json(new Health("up"));
  }

  /// 200 while scans are taken and reach the store.
  private Answer ready(Request request) {
    if (journal.state().failing()) {
      throw new ProblemException(
          new Problem(
              Kind.OVERLOADED, "Scans are kept in the journal; the store does not take them."));
    }
    return Answer.json(new Health("ready"));
  }

  /// In the Prometheus text format.
  private Answer metrics(Request request) {
    byte[] text = Metrics.text(journal.state()).getBytes(StandardCharsets.UTF_8);
    return Answer.of(200, List.of("Content-Type", METRICS_TYPE), text);
  }

  /// The few numbers there are, written by hand: a metrics library would be larger than they.
  private static final class Metrics {

    private Metrics() {}

    static String text(JournalState state) {
      var out = new StringBuilder();
      counter(out, "openqpr_events_total", "Events made durable.", state.events());
      counter(out, "openqpr_journal_syncs_total", "Syncs of the journal.", state.syncs());
      counter(out, "openqpr_store_transactions_total", "Store commits.", state.transactions());
      counter(
          out, "openqpr_store_failures_total", "Store commits that failed.", state.storeFailures());
      out.append("# HELP openqpr_refused_total Events refused with 503, by reason.\n");
      out.append("# TYPE openqpr_refused_total counter\n");
      refused(out, "queue_full", state.queueFull());
      refused(out, "backlog_full", state.backlogFull());
      refused(out, "disk_failed", state.diskFailures());
      out.append("# HELP openqpr_journal_backlog_bytes Durable, and not yet in the store.\n");
      out.append("# TYPE openqpr_journal_backlog_bytes gauge\n");
      out.append("openqpr_journal_backlog_bytes ").append(state.backlogBytes()).append('\n');
      return out.toString();
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
      out.append("# HELP ").append(name).append(' ').append(help).append('\n');
      out.append("# TYPE ").append(name).append(" counter\n");
      out.append(name).append(' ').append(value).append('\n');
    }

    private static void refused(StringBuilder out, String reason, long value) {
      out.append("openqpr_refused_total{reason=\"").append(reason).append("\"} ");
      out.append(value).append('\n');
    }
  }
}
