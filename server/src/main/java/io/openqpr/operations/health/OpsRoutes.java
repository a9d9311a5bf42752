package io.openqpr.operations.health;

import io.openqpr.platform.Zones;
import io.openqpr.platform.metric.Exposition;
import io.openqpr.platform.metric.Gauge;
import io.openqpr.platform.metric.Label;
import io.openqpr.platform.metric.Metric;
import io.openqpr.storage.journal.Journal;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an operator and their tools ask: is it alive, is it ready, what does it count.
public final class OpsRoutes {

  private static final String VERSION = version();
  private static final String RETRY_AFTER_SECONDS = "1";

  private final Journal journal;
  private final Readiness readiness;
  private final Supplier<List<? extends Metric>> metrics;
  private @Nullable Exposition exposition;

  /// @param storeIsThere whether anybody may ask the store now
  /// @param metrics of all others, asked each time that somebody reads them
  public OpsRoutes(
      Journal journal, BooleanSupplier storeIsThere, Supplier<List<? extends Metric>> metrics) {
    this.journal = journal;
    this.readiness = new Readiness(journal, storeIsThere);
    this.metrics = metrics;
  }

  public List<Route> routes() {
    return Stream.concat(health().stream(), Stream.of(Route.get("/metrics", this::metrics)))
        .toList();
  }

  /// Those of [#routes] that the world may ask.
  public List<Route> health() {
    return List.of(Route.get("/health/live", this::live), Route.get("/health/ready", this::ready));
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
    var all = new ArrayList<Metric>(JournalMetrics.of(journal));
    all.addAll(metrics.get());
    all.add(
        new Gauge(
            "openqpr_store_up",
            "1 while the store answers and takes scans.",
            () -> readiness.isStoreUp(journal.state()) ? 1 : 0));
    all.add(
        new Gauge(
            "openqpr_ready", "1 while scans are taken.", () -> readiness.now().ready() ? 1 : 0));
    all.add(
        new Gauge(
            "openqpr_build_info",
            List.of(new Label("version", VERSION), new Label("time_zones", Zones.version())),
            "Always 1.",
            () -> 1));
    return Answer.file(Exposition.MEDIA_TYPE, exposition().text(all));
  }

  /// Made when somebody asks: most servers that are started are not read in their first moments.
  private synchronized Exposition exposition() {
    Exposition made = exposition;
    if (made == null) {
      exposition = made = new Exposition();
    }
    return made;
  }

  private static String version() {
    String version = OpsRoutes.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
