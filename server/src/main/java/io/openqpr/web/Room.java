package io.openqpr.web;

import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Metric;
import io.openqpr.web.http.Route;
import java.util.List;

/// A room's door: all that it brings to the server. The wiring adds rooms one after the other and
/// knows nothing of their insides.
public interface Room extends AutoCloseable {

  /// What it answers.
  default List<Route> routes() {
    return List.of();
  }

  /// What it counts, for operators.
  default List<Counter> counters() {
    return List.of();
  }

  /// What it measures besides.
  default List<Metric> metrics() {
    return List.of();
  }

  /// What it wants done again and again.
  default List<Job> jobs() {
    return List.of();
  }

  /// The server is about to close: whoever waits here for something to happen is let go. Until then
  /// requests are still answered.
  default void drain() {}

  /// Ends what it keeps running. Its routes are asked no more when this is called.
  @Override
  default void close() throws InterruptedException {}
}
