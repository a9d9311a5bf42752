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

  private static final String RETRY_AFTER_SECONDS = "1";

  private final Journal journal;
  private final Readiness readiness;
  private final List<Counter> counters;

  /// @param storeIsThere whether anybody may ask the store now
  /// @param counters of the other rooms
  public OpsRoutes(Journal journal, BooleanSupplier storeIsThere, List<Counter> counters) {
    this.journal = journal;
    this.readiness = new Readiness(journal, storeIsThere);
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

  /// 200 while scans are taken, 503 while they are not.
  private Answer ready(Request request) {
    Readiness.Verdict verdict = readiness.now();
    Answer answer = Answer.json(verdict.ready() ? 200 : 503, new Health(verdict.status()));
    return verdict.ready() ? answer : answer.with(List.of("Retry-After", RETRY_AFTER_SECONDS));
  }

  /// The server is about to close: `/health/ready` says so from now on.
  public void drain() {
    readiness.drain();
  }

  /// In the Prometheus text format.
  private Answer metrics(Request request) {
    String text = Metrics.text(journal.state(), readiness.isStoreUp(journal.state()), counters);
    return Answer.of(
        200, List.of("Content-Type", METRICS_TYPE), text.getBytes(StandardCharsets.UTF_8));
  }
}
