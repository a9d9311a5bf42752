package io.openqpr.web.http;

import io.openqpr.platform.ByteBudget;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Metric;
import io.openqpr.web.wire.Capacity;
import io.openqpr.web.wire.Deadlines;
import io.openqpr.web.wire.WireServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The HTTP server, running. Each connection has a virtual thread of its own.
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(HttpServer.class.getName());

  /// How long a request waits for others that hold too much of the heap.
  private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(2);

  private final WireServer wire;
  private final Capacity capacity;
  private final Clock clock;
  private final AnswerCounts counts = new AnswerCounts();
  private final ByteBudget budget =
      new ByteBudget("requests", HeapShare.REQUESTS.bytes(), WAIT_FOR_MEMORY);

  private HttpServer(WireServer wire, Capacity capacity, Clock clock) {
    this.wire = wire;
    this.capacity = capacity;
    this.clock = clock;
  }

  /// Takes the port, on all addresses, and answers nobody yet: a port that another process has is
  /// found before anything else has happened.
  ///
  /// @param port 0 takes a free one
  /// @param clock for the date of each answer
  /// @throws CannotStartException when the port cannot be had
  public static HttpServer bind(int port, Capacity capacity, Deadlines deadlines, Clock clock) {
    try {
      return new HttpServer(
          WireServer.bind(port, capacity.connections(), deadlines), capacity, clock);
    } catch (IOException e) {
      throw new CannotStartException(
          "port %d cannot be used, another process has it or it needs more rights; set another one"
              .formatted(port));
    }
  }

  /// Answers from now on.
  ///
  /// @param filter looks at every request first
  public void serve(Filter filter, List<Route> routes) {
    if (!capacity.why().isEmpty()) {
      LOG.log(
          Level.INFO,
          "at most %,d connections at once: %s".formatted(capacity.connections(), capacity.why()));
    }
    wire.serve(new Dispatcher(filter, new Router(routes, counts), counts, budget), clock);
  }

  /// Of all that was answered, and of connections.
  public List<Metric> metrics() {
    var metrics = new ArrayList<Metric>(counts.metrics());
    metrics.addAll(wire.metrics());
    metrics.addAll(budget.metrics());
    return metrics;
  }

  public int port() {
    return wire.port();
  }

  /// Takes no more connections, lets running requests end, and closes. A second time it does
  /// nothing.
  @Override
  public void close() {
    wire.close();
  }
}
