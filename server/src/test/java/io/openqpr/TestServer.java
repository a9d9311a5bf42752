package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Cidr;
import io.openqpr.platform.config.DeviceSettings;
import io.openqpr.platform.config.Ports;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.config.PrivacySignals;
import io.openqpr.platform.config.RateLimitSettings;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.VisitorSettings;
import io.openqpr.platform.config.WebhookSettings;
import io.openqpr.storage.journal.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real server on a free port, and a client that speaks to it by HTTP.
public final class TestServer implements AutoCloseable {

  /// As many as a test of them needs.
  static final int EVENT_READERS = 60;

  public static final String KEY = "test-key";
  public static final String OPERATOR_KEY = "operator-key";

  /// Receivers of tests are on this machine.
  static final WebhookSettings WEBHOOKS =
      new WebhookSettings(
          List.of(Cidr.parse("127.0.0.0/8")), Ports.parse(WebhookSettings.DEFAULT_PORTS));

  private static final JsonMapper JSON = new JsonMapper();

  private final App app;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(App app) {
    this.app = app;
  }

  public static TestServer in(Path dataDir) {
    return new TestServer(App.start(settings(dataDir, List.of())));
  }

  /// For a server that comes back where it was.
  public static TestServer on(int port, Path dataDir) {
    return new TestServer(App.start(settings(port, dataDir, List.of(), null)));
  }

  public static TestServer behindProxies(Path dataDir, String... ranges) {
    List<Cidr> proxies = List.of(ranges).stream().map(Cidr::parse).toList();
    return new TestServer(App.start(settings(dataDir, proxies)));
  }

  /// Behind proxies of this machine, recognising devices as these settings say.
  static TestServer recognising(Path dataDir, DeviceSettings devices, Clock clock) {
    var visitors = new VisitorSettings(null, false, devices, PrivacySignals.HONOUR);
    return new TestServer(
        App.start(
            settings(0, dataDir, List.of(Cidr.parse("127.0.0.0/8")), null, visitors),
            Limits.DEFAULT,
            clock));
  }

  /// Behind proxies of this machine, following people who do not want to be followed.
  static TestServer ignoringSignals(Path dataDir) {
    var visitors = new VisitorSettings(null, false, DeviceSettings.DEFAULT, PrivacySignals.IGNORE);
    return new TestServer(
        App.start(settings(0, dataDir, List.of(Cidr.parse("127.0.0.0/8")), null, visitors)));
  }

  static TestServer with(Path dataDir, Limits limits) {
    return new TestServer(App.start(settings(dataDir, List.of()), limits, Clock.systemUTC()));
  }

  static TestServer with(Path dataDir, Bounds bounds) {
    return new TestServer(App.start(settings(dataDir, List.of()), bounds, Clock.systemUTC()));
  }

  /// By this clock.
  static TestServer at(Clock clock, Path dataDir) {
    return new TestServer(App.start(settings(dataDir, List.of()), Limits.DEFAULT, clock));
  }

  /// One of the servers of a shared database.
  static TestServer sharing(String databaseUrl, Path dataDir) {
    return sharing(databaseUrl, dataDir, Limits.SHARED);
  }

  static TestServer sharing(String databaseUrl, Path dataDir, Limits limits) {
    return sharing(databaseUrl, dataDir, limits, null);
  }

  static TestServer sharing(
      String databaseUrl, Path dataDir, Limits limits, @Nullable RateLimitSettings requests) {
    return new TestServer(
        App.start(
            new Settings(
                0,
                null,
                dataDir,
                KEY,
                OPERATOR_KEY,
                null,
                List.of(),
                requests,
                EVENT_READERS,
                PostgresUrl.parse(databaseUrl),
                null,
                VisitorSettings.DEFAULT,
                WEBHOOKS),
            limits,
            Clock.systemUTC()));
  }

  static TestServer limited(Path dataDir, RateLimitSettings limits) {
    return new TestServer(App.start(settings(0, dataDir, List.of(), limits)));
  }

  private static Settings settings(Path dataDir, List<Cidr> proxies) {
    return settings(0, dataDir, proxies, null);
  }

  private static Settings settings(
      int port, Path dataDir, List<Cidr> proxies, @Nullable RateLimitSettings limits) {
    return settings(port, dataDir, proxies, limits, VisitorSettings.DEFAULT);
  }

  private static Settings settings(
      int port,
      Path dataDir,
      List<Cidr> proxies,
      @Nullable RateLimitSettings limits,
      VisitorSettings visitors) {
    return new Settings(
        port,
        null,
        dataDir,
        KEY,
        OPERATOR_KEY,
        null,
        proxies,
        limits,
        EVENT_READERS,
        TestStores.postgresOf(dataDir),
        null,
        visitors,
        WEBHOOKS);
  }

  public App app() {
    return app;
  }

  public int port() {
    return app.port();
  }

  public String url() {
    return "http://127.0.0.1:" + app.port();
  }

  public HttpRequest.Builder request(String pathOrUrl) {
    URI uri = URI.create(pathOrUrl.startsWith("/") ? url() + pathOrUrl : pathOrUrl);
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + KEY);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  /// For answers that are no text.
  public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofByteArray());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  public HttpResponse<String> send(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  /// The answer's JSON; it must be 200.
  public JsonNode json(String path) {
    return ok(get(path));
  }

  public JsonNode json(String method, String path, String body) {
    return ok(send(method, path, body));
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return parse(answer);
  }

  public static JsonNode parse(HttpResponse<String> answer) {
    return parse(answer.body());
  }

  public static JsonNode parse(String json) {
    return JSON.readTree(json);
  }

  /// A new code.
  public JsonNode createCode(String name) {
    return json("POST", "/v1/qpr-codes", "{\"name\": \"%s\", \"prompt\": \"p\"}".formatted(name));
  }

  /// Scans the code as a phone would, headers as name and value in turn; must be answered with 302.
  public String scan(JsonNode code, String... headers) {
    HttpResponse<String> answer = visit(code, headers);
    assertThat(answer.statusCode()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /// Asks for the code's scan URL as a phone would, unless the headers name another user agent.
  public HttpResponse<String> visit(JsonNode code, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + "/s/" + code.get("short_id").stringValue()));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!List.of(headers).contains("User-Agent")) {
      request.header("User-Agent", UserAgents.IPHONE);
    }
    return send(request);
  }

  @Override
  public void close() {
    client.close();
    app.close();
  }
}
