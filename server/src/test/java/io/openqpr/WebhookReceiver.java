package io.openqpr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Somebody's server that is told of events: keeps what comes, and answers as the test says.
public final class WebhookReceiver implements AutoCloseable {

  /// What came.
  ///
  /// @param headers by name in lower case
  public record Got(String path, Map<String, String> headers, byte[] body) {

    public JsonNode json() {
      return TestServer.parse(new String(body, StandardCharsets.UTF_8));
    }

    public String id() {
      return headers.get("webhook-id");
    }

    public long sequence() {
      return Long.parseLong(headers.get("x-3qpr-sequence"));
    }
  }

  private final HttpServer server;
  private final LinkedBlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private volatile Function<Got, Integer> status = _ -> 200;
  private volatile @Nullable String retryAfter;

  public WebhookReceiver() {
    this(0);
  }

  public WebhookReceiver(int port) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    var one =
        new Got(
            exchange.getRequestURI().getPath(), headers, exchange.getRequestBody().readAllBytes());
    int answer = status.apply(one);
    got.add(one);
    if (retryAfter != null) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  public void answer(Function<Got, Integer> status) {
    this.status = status;
  }

  /// Said with every answer from now on; `null` for nothing.
  void retryAfter(@Nullable String value) {
    retryAfter = value;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// The next one; waits for it.
  public Got next() {
    try {
      Got one = got.poll(60, TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("nothing came within a minute");
      }
      return one;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public List<Got> next(int count) {
    var all = new ArrayList<Got>();
    while (all.size() < count) {
      all.add(next());
    }
    return all;
  }

  /// What came and was not taken.
  public List<Got> rest() {
    var rest = new ArrayList<Got>();
    got.drainTo(rest);
    return rest;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
