package io.openqpr.web.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The HTTP server, running. Each request has a virtual thread of its own.
public final class HttpServer implements AutoCloseable {

  /// Connections at once; further ones wait in the system's backlog.
  private static final int MAX_CONNECTIONS = 20_000;

  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int BACKLOG = 4_096;
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(75);

  // Kept here: a logger that nobody holds forgets its level. Helidon tells of every start and of
  // every client that goes away.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  static {
    HELIDON.setLevel(Level.SEVERE);
  }

  private final WebServer server;

  private HttpServer(WebServer server) {
    this.server = server;
  }

  /// A port that nobody listens on, for whoever has to name it before the server takes it.
  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Listens on the port, on all addresses.
  ///
  /// @param port 0 takes a free one
  /// @param drain how long [#close] lets running requests go on
  /// @param filter looks at every request first
  /// @throws CannotStartException when the port is taken
  public static HttpServer start(int port, Duration drain, Filter filter, List<Route> routes) {
    var dispatcher = new Dispatcher(filter, new Router(routes));
    WebServer server =
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
    // Helidon only logs, with a stack trace, that it could not listen.
    HELIDON.setLevel(Level.OFF);
    try {
      server.start();
    } finally {
      HELIDON.setLevel(Level.SEVERE);
    }
    if (!server.isRunning()) {
      throw new CannotStartException(
          "port %d cannot be used, another process has it or it needs more rights; set QPR_PORT to another"
              .formatted(port));
    }
    return new HttpServer(server);
  }

  /// What Helidon refuses before any route: answered as problems too.
  private static DirectHandlers protocolErrors() {
    var handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(
          type, (request, event, status, headers, message) -> ProtocolErrors.answer(event, status));
    }
    return handlers.build();
  }

  public int port() {
    return server.port();
  }

  /// Takes no more connections, lets running requests end, and closes.
  @Override
  public void close() {
    server.stop();
  }
}
