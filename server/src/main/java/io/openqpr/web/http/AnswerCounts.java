package io.openqpr.web.http;

import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Durations;
import io.openqpr.platform.metric.Label;
import io.openqpr.platform.metric.Metric;
import io.openqpr.web.http.Route.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// How many answers of each status each route gave, and how long they took to make. There is one
/// place for each template of a route, never one for a path: what strangers ask for adds nothing.
/// Counting costs a few additions: whoever counts has found the place before.
final class AnswerCounts {

  private static final String HELP = "Answers, by route, method and status.";
  private static final String TIMES_HELP =
      "From a request to the beginning of its answer, by route.";

  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  /// Where no route is.
  private static final String UNKNOWN = "unknown";

  private final List<OfRoute> routes = new CopyOnWriteArrayList<>();
  private final OfRoute ofUnknown = of(UNKNOWN);

  /// A place to count at, to be kept.
  OfRoute of(String template) {
    var place = new OfRoute(template);
    routes.add(place);
    return place;
  }

  /// For what has no route, or is refused before one is looked for.
  OfRoute ofUnknown() {
    return ofUnknown;
  }

  /// Of those routes that gave any.
  List<Metric> metrics() {
    var metrics = new ArrayList<Metric>();
    routes.forEach(route -> route.addTo(metrics));
    return metrics;
  }

  /// The answers of one route.
  static final class OfRoute {

    private static final int METHODS = Method.values().length + 1;
    private static final int FIRST_STATUS = 100;
    private static final int STATUSES = 500;

    private final String template;
    private final Durations times;

    /// By method and then by status, as far as there were any.
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable LongAdder>> counts =
        new AtomicReferenceArray<>(METHODS);

    private OfRoute(String template) {
      this.template = template;
      this.times =
          new Durations(
              "openqpr_answer_seconds", List.of(new Label("route", template)), TIMES_HELP, SECONDS);
    }

    /// An answer is made, and about to be sent.
    ///
    /// @param beganNanos when its request came, by `System.nanoTime`
    void made(long beganNanos) {
      times.since(beganNanos);
    }

    /// @param method `null` for one that nobody takes
    void answered(@Nullable Method method, int status) {
      int row = method == null ? METHODS - 1 : method.ordinal();
      AtomicReferenceArray<@Nullable LongAdder> byStatus = counts.get(row);
      if (byStatus == null) {
        counts.compareAndSet(row, null, new AtomicReferenceArray<>(STATUSES));
        byStatus = counts.get(row);
      }
      int column = status - FIRST_STATUS;
      LongAdder count = byStatus.get(column);
      if (count == null) {
        byStatus.compareAndSet(column, null, new LongAdder());
        count = byStatus.get(column);
      }
      count.increment();
    }

    private void addTo(List<Metric> metrics) {
      if (!times.isEmpty()) {
        metrics.add(times);
      }
      for (int row = 0; row < METHODS; row++) {
        AtomicReferenceArray<@Nullable LongAdder> byStatus = counts.get(row);
        for (int column = 0; byStatus != null && column < STATUSES; column++) {
          LongAdder count = byStatus.get(column);
          if (count != null) {
            String method = row == METHODS - 1 ? "other" : Method.values()[row].name();
            metrics.add(counter(method, FIRST_STATUS + column, count));
          }
        }
      }
    }

    private Counter counter(String method, int status, LongAdder count) {
      return new Counter(
          "openqpr_answers_total",
          List.of(
              new Label("route", template),
              new Label("method", method),
              new Label("status", String.valueOf(status))),
          HELP,
          count::sum);
    }
  }
}
