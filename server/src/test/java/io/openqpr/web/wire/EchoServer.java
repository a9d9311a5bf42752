package io.openqpr.web.wire;

import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Label;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Tells what it understood of a request; by its path it reads the body, streams, or does not come
/// to an end.
final class EchoServer implements Answerer, AutoCloseable {

  static final Deadlines SHORT =
      new Deadlines(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          1_000_000,
          Duration.ofMillis(300),
          Duration.ofMillis(300));

  private final WireServer server;

  EchoServer() throws IOException {
    this(20_000, Deadlines.DEFAULT);
  }

  EchoServer(int most, Deadlines deadlines) throws IOException {
    server = WireServer.bind(0, most, deadlines);
    server.serve(this, Clock.systemUTC());
  }

  /// In a process of its own, which may open fewer files than the server takes connections.
  public static void main(String[] args) throws IOException {
    var server = new EchoServer();
    System.out.println(server.server.port());
  }

  RawSocket connect() throws IOException {
    return new RawSocket(server.port());
  }

  /// How many were ended while this was waited for.
  long timedOut(String waitingFor) {
    return server.metrics().stream()
        .filter(metric -> metric.labels().contains(new Label("wait", waitingFor)))
        .mapToLong(metric -> ((Counter) metric).value().getAsLong())
        .sum();
  }

  private long acceptFailures() {
    return server.metrics().stream()
        .filter(metric -> metric.name().equals("openqpr_accept_failures_total"))
        .mapToLong(metric -> ((Counter) metric).value().getAsLong())
        .sum();
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    switch (exchange.path()) {
      case "/unread" -> send(exchange, 404, "");
      case "/failures" -> send(exchange, 200, "failures: " + acceptFailures());
      case "/nothing" -> send(exchange, 204, "");
      case "/same" -> send(exchange, 304, "");
      case "/large" -> exchange.send(200, List.of(), new byte[64 << 20]);
      case "/stream" -> stream(exchange, "whole");
      case "/broken" -> {
        stream(exchange, "half");
        throw new IOException("the store went away");
      }
      default -> {
        String body;
        try {
          body = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
        } catch (StalledException e) {
          send(exchange, 400, "TOO_SLOW");
          return;
        }
        send(
            exchange,
            200,
            "%s %s ? %s [%s]"
                .formatted(exchange.method(), exchange.path(), exchange.query(), body));
      }
    }
  }

  private static void stream(Exchange exchange, String text) throws IOException {
    OutputStream out = exchange.open(200, List.of());
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    if (text.equals("whole")) {
      out.close();
    }
  }

  private static void send(Exchange exchange, int status, String text) throws IOException {
    exchange.send(status, List.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void refuse(Refusal refusal, Exchange exchange) throws IOException {
    send(exchange, 400, refusal.name());
  }

  @Override
  public void close() {
    server.close();
  }
}
