package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.RateLimitSettings;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an operator reads.
class MetricsTest {

  /// A name in the table of docs/operations.md.
  private static final Pattern IN_THE_DOCS = Pattern.compile("`([a-z][a-z_]+)(?:\\{[a-z_, ]+})?`");

  private static final Pattern EXPOSED = Pattern.compile("(?m)^# TYPE ([a-z_]+) ");

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    // With limits, so that their counters are there too.
    server = TestServer.limited(folder, new RateLimitSettings(1_000, 1_000, 1_000, 1_000));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersAreCountedByTheTemplateOfTheirRoute() {
    JsonNode code = server.createCode("n");
    server.scan(code);
    server.scan(code);
    server.get("/s/nobody-has-this");

    assertThat(metrics())
        .contains(answers("/s/{short_id}", "GET", 302) + " 2.0\n")
        .contains(answers("/s/{short_id}", "GET", 404) + " 1.0\n")
        .contains("\nopenqpr_answer_seconds_count{route=\"/s/{short_id}\"} 3\n")
        .contains("\nopenqpr_answer_seconds_bucket{route=\"/s/{short_id}\",le=\"+Inf\"} 3\n")
        .doesNotContain("nobody-has-this");
  }

  @Test
  void whatStrangersAskForIsOneRoute() {
    for (int n = 0; n < 20; n++) {
      server.get("/strange/" + n);
    }
    server.send("PURGE", "/elsewhere", "");

    assertThat(metrics())
        .contains(answers("unknown", "GET", 404) + " 20.0\n")
        .contains(answers("unknown", "other", 404) + " 1.0\n")
        .doesNotContain("strange", "elsewhere", "PURGE");
  }

  @Test
  void aMethodThatARouteDoesNotTakeIsCountedThere() {
    server.send("DELETE", "/v1/analytics", "");
    server.send("BREW", "/v1/analytics", "");

    assertThat(metrics())
        .contains(answers("/v1/analytics", "DELETE", 405) + " 1.0\n")
        .contains(answers("/v1/analytics", "other", 405) + " 1.0\n");
  }

  @Test
  void whatIsNoRequestIsCountedToo() throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nno header\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400");
    }
    assertThat(metrics()).contains(answers("unknown", "other", 400) + " 1.0\n");
  }

  @Test
  void stepsOfAScanAreTimed() {
    server.scan(server.createCode("n"));
    server.json("/v1/scans");

    assertThat(metrics())
        .containsPattern("\nopenqpr_journal_sync_seconds_count [1-9]")
        .containsPattern("\nopenqpr_store_transaction_seconds_count [1-9]")
        .containsPattern("\nopenqpr_answer_seconds_count\\{route=\"/v1/scans\"} [1-9]");
  }

  @Test
  void theManualNamesAllThatThereIsAndNothingElse() throws IOException {
    server.scan(server.createCode("n"));
    server.json(
        "POST", "/v1/webhooks", "{\"url\": \"http://a.invalid/\", \"events\": [\"scan.created\"]}");
    while (!metrics().contains("openqpr_webhook_lag_seconds{")) {
      Thread.onSpinWait(); // until the server has taken it on
    }
    String manual = Files.readString(Path.of("../docs/operations.md"));
    String table = manual.substring(manual.indexOf("| metric |"));
    table = table.substring(0, table.indexOf("\n\n"));
    var named = new TreeSet<String>();
    for (String row : table.lines().skip(2).toList()) {
      IN_THE_DOCS.matcher(row.split("\\|")[1]).results().map(MetricsTest::name).forEach(named::add);
    }

    assertThat(EXPOSED.matcher(metrics()).results().map(MetricsTest::name))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  private static String answers(String route, String method, int status) {
    return "\nopenqpr_answers_total{method=\"%s\",route=\"%s\",status=\"%d\"}"
        .formatted(method, route, status);
  }

  private String metrics() {
    return server.get("/metrics").body();
  }

  @Test
  void aPortOfTheirOwnKeepsThemFromTheWorld() throws Exception {
    var environment =
        Map.of(
            "QPR_DATA_DIR", folder.resolve("own").toString(),
            "QPR_PORT", "0",
            "QPR_METRICS_PORT", "0");
    Settings settings = SettingsReader.read(environment);
    try (App app = App.start(settings);
        var client = HttpClient.newHttpClient()) {
      assertThat(status(client, app.port(), "/metrics")).isEqualTo(404);
      assertThat(status(client, app.metricsPort(), "/metrics")).isEqualTo(200);
      assertThat(status(client, app.metricsPort(), "/v1/scans")).isEqualTo(404);
      for (int port : List.of(app.port(), app.metricsPort())) {
        assertThat(status(client, port, "/health/ready")).isEqualTo(200);
      }
    }
  }

  private static int status(HttpClient client, int port, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
