package io.openqpr.operations.health;

import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.Journal;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What an operator and their tools ask: is it alive, is it ready, what does it count.
public final class OpsRoutes {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Journal journal;
  private final BooleanSupplier storeIsThere;
  private final List<Counter> counters;

  /// @param storeIsThere whether anybody may ask the store now
  /// @param counters of the other rooms
  public OpsRoutes(Journal journal, BooleanSupplier storeIsThere, List<Counter> counters) {
    this.journal = journal;
    this.storeIsThere = storeIsThere;
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

  /// 200 while scans are taken, also while the store is away: people who scan are still redirected,
  /// and a balancer that took the server away would lose them. The word tells.
  private Answer ready(Request request) {
    return Answer.json(new Health(isStoreUp() ? "ready" : "store_away"));
  }

  private boolean isStoreUp() {
    return storeIsThere.getAsBoolean() && !journal.state().failing();
  }

  /// In the Prometheus text format.
  private Answer metrics(Request request) {
    String text = Metrics.text(journal.state(), isStoreUp(), counters);
    return Answer.of(
        200, List.of("Content-Type", METRICS_TYPE), text.getBytes(StandardCharsets.UTF_8));
  }
}
