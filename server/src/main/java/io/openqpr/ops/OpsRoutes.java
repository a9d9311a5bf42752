package io.openqpr.ops;

import io.openqpr.http.Answer;
import io.openqpr.http.Problem;
import io.openqpr.http.Problem.Kind;
import io.openqpr.http.ProblemException;
import io.openqpr.http.Request;
import io.openqpr.http.Route;
import io.openqpr.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What an operator and their tools ask: is it alive, is it ready, what does it count.
public final class OpsRoutes {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Journal journal;
  private final List<Counter> counters;

  /// @param counters of the other rooms
  public OpsRoutes(Journal journal, List<Counter> counters) {
    this.journal = journal;
    this.counters = List.copyOf(counters);
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
    String text = Metrics.text(journal.state(), counters);
    return Answer.of(
        200, List.of("Content-Type", METRICS_TYPE), text.getBytes(StandardCharsets.UTF_8));
  }
}
