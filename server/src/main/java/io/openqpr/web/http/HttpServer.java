package io.openqpr.web.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.openqpr.platform.ByteBudget;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The HTTP server, running. Each request has a virtual thread of its own.
public final class HttpServer implements AutoCloseable {

  /// Connections at once; further ones wait in the system's backlog.
  private static final int MAX_CONNECTIONS = 20_000;

  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int BACKLOG = 4_096;

  /// How long a request waits for others that hold too much of the heap.
  private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(2);

  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(75);

  // Kept here: a logger that nobody holds forgets its level. Helidon tells of every start and of
  // every client that goes away.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  static {
    HELIDON.setLevel(Level.SEVERE);
  }

  private final ServerSocket bound;
  private final Duration drain;
  private final AnswerCounts counts = new AnswerCounts();
  private final ByteBudget budget =
      new ByteBudget("requests", HeapShare.REQUESTS.bytes(), WAIT_FOR_MEMORY);
  private @Nullable WebServer server;

  private HttpServer(ServerSocket bound, Duration drain) {
    this.bound = bound;
    this.drain = drain;
  }

  /// Takes the port, on all addresses, and answers nobody yet: a port that another process has is
  /// found before anything else has happened.
  ///
  /// @param port 0 takes a free one
  /// @param drain how long [#close] lets running requests go on
  /// @throws CannotStartException when the port cannot be had
  public static HttpServer bind(int port, Duration drain) {
    try {
      return new HttpServer(new ServerSocket(port, BACKLOG), drain);
    } catch (IOException e) {
      throw taken(port);
    }
  }

  private static CannotStartException taken(int port) {
    return new CannotStartException(
        "port %d cannot be used, another process has it or it needs more rights; set another one"
            .formatted(port));
  }

  /// Answers from now on.
  ///
  /// @param filter looks at every request first
  public void serve(Filter filter, List<Route> routes) {
    var dispatcher = new Dispatcher(filter, new Router(routes, counts), budget);
    int port = port();
    WebServer listening =
        WebServer.builder()
            .port(port)
            .backlog(BACKLOG)
            .shutdownHook(false)
            .shutdownGracePeriod(drain)
            .maxTcpConnections(MAX_CONNECTIONS)
            .idleConnectionTimeout(IDLE_CONNECTION)
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .addProtocol(
                Http1Config.builder()
                    .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                    .maxHeadersSize(MAX_HEADER_BYTES)
                    // Paths and queries are taken as they come: the decoder judges what they hold,
                    // and names what is wrong.
                    .validatePath(false)
                    .validatePrologue(false)
                    .sendKeepAliveHeader(false)
                    .build())
            .contentEncoding(
                ContentEncodingContext.builder().addContentEncoding(new GzipBodies()).build())
            .directHandlers(protocolErrors())
            .addRouting(HttpRouting.builder().any(dispatcher::dispatch))
            .build();
    release();
    // Helidon only logs, with a stack trace, that it could not listen.
    HELIDON.setLevel(Level.OFF);
    try {
      listening.start();
    } finally {
      HELIDON.setLevel(Level.SEVERE);
    }
    if (!listening.isRunning()) {
      throw taken(port);
    }
    server = listening;
  }

  /// Of all that was answered.
  public List<Metric> metrics() {
    var metrics = new ArrayList<>(counts.metrics());
    metrics.addAll(budget.metrics());
    return metrics;
  }

  /// What Helidon refuses before any route: answered as problems too.
  private DirectHandlers protocolErrors() {
    var handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(
          type,
          (request, event, status, headers, message) -> {
            TransportResponse answer = ProtocolErrors.answer(event, status);
            counts.ofUnknown().answered(null, answer.status().code());
            return answer;
          });
    }
    return handlers.build();
  }

  public int port() {
    return bound.getLocalPort();
  }

  private void release() {
    try {
      bound.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes no more connections, lets running requests end, and closes. A second time it does
  /// nothing.
  @Override
  public void close() {
    release();
    if (server != null) {
      server.stop();
      server = null;
    }
  }
}
