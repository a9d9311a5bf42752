package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.config.Settings;
import io.openqpr.journal.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EndToEndTest {

  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
          + " Version/18.1 Mobile/15E148 Safari/604.1";
  private static final String DESKTOP =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/131.0.0.0 Safari/537.36";

  @TempDir Path directory;

  @Test
  void aScanIsListedAndCountedBeforeItsAnswerIsRead() {
    try (var server = TestServer.in(directory)) {
      JsonNode code =
          server.json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "Door 7", "prompt": "p", "template": "hospitality", "metadata": {"floor": 2}}\
              """);
      String id = code.get("id").stringValue();

      server.scan(code, "User-Agent", IPHONE);

      JsonNode list = server.json("/v1/scans?qpr_code_id=" + id);
      assertThat(list.get("total").intValue()).isEqualTo(1);
      JsonNode scan = list.get("scans").get(0);
      assertThat(scan.propertyNames())
          .containsExactly(
              "id",
              "qpr_code_id",
              "short_id",
              "scanned_at",
              "country",
              "region",
              "city",
              "device",
              "conversation_started",
              "conversation_messages",
              "metadata");
      assertThat(scan.get("qpr_code_id")).isEqualTo(code.get("id"));
      assertThat(scan.get("device").stringValue()).isEqualTo("mobile");
      assertThat(scan.get("metadata").toString()).isEqualTo("{\"floor\":2}");
      assertThat(server.json("/v1/scans/" + scan.get("id").stringValue())).isEqualTo(scan);

      JsonNode analytics = server.json("/v1/qpr-codes/" + id + "/analytics");
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(1);
      assertThat(analytics.get("timeseries")).hasSize(30);
      assertThat(analytics.get("timeseries").get(29).toString())
          .isEqualTo(
              "{\"date\":\"%s\",\"scans\":1,\"conversations\":0}"
                  .formatted(LocalDate.now(ZoneOffset.UTC)));
      assertThat(server.json("/v1/qpr-codes/" + id).get("scans_total").intValue()).isEqualTo(1);
    }
  }

  @Test
  void theRedirectLeadsToAPageThatShowsTheCode() {
    try (var server = TestServer.in(directory)) {
      JsonNode code =
          server.json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "<Bar & Grill>", "prompt": "p", "welcome_message": "Say \\"hi\\""}\
              """);

      String page = server.get(localised(server, server.scan(code))).body();

      assertThat(page).contains("&lt;Bar &amp; Grill&gt;").contains("Say &quot;hi&quot;");
      assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(1);
    }
  }

  @Test
  void aCodesOwnConversationUrlIsFilledIn() {
    try (var server = TestServer.in(directory)) {
      JsonNode code =
          server.json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "n", "prompt": "p", "conversation_url": "https://chat.example/{short_id}?s={scan_id}"}\
              """);

      String location = server.scan(code);

      JsonNode scan = server.json("/v1/scans").get("scans").get(0);
      assertThat(location)
          .isEqualTo(
              "https://chat.example/%s?s=%s"
                  .formatted(code.get("short_id").stringValue(), scan.get("id").stringValue()));
    }
  }

  @Test
  void aConversationTokenOfAnotherServerOpensNothing() {
    try (var server = TestServer.in(directory)) {
      String page = server.scan(server.createCode("n"));
      String forged = page.substring(0, page.length() - 2) + (page.endsWith("AA") ? "BB" : "AA");

      assertThat(server.get(localised(server, forged)).statusCode()).isEqualTo(404);
      assertThat(server.get("/c/x").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void headIsAnsweredAndNotCounted() {
    try (var server = TestServer.in(directory)) {
      String shortId = server.createCode("n").get("short_id").stringValue();

      var answer = server.send(server.request("/s/" + shortId).HEAD());

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void anUnknownCodeIsAFriendlyPageAndNoScan() {
    try (var server = TestServer.in(directory)) {
      var answer = server.get("/s/zzzzzz");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void aConversationReportIsReadBackAtOnceAndNeverGoesBack() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      server.scan(code);
      String id = server.json("/v1/scans").get("scans").get(0).get("id").stringValue();
      String path = "/v1/scans/" + id + "/conversation";

      assertThat(report(server, path, 6, "open")).isEqualTo(6);
      assertThat(report(server, path, 6, "open")).isEqualTo(6);
      assertThat(report(server, path, 4, "completed")).isEqualTo(6);
      assertThat(report(server, path, 0, "open")).isEqualTo(6);

      JsonNode analytics =
          server.json("/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics?period=7d");
      assertThat(analytics.get("conversation_rate").intValue()).isEqualTo(1);
      assertThat(analytics.get("avg_messages_per_conversation").intValue()).isEqualTo(6);
      assertThat(
              server
                  .send(
                      "PUT",
                      "/v1/scans/scan_nope/conversation",
                      "{\"messages\":1,\"status\":\"open\"}")
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void distinctDevicesAreCountedByAddressAndAgent() {
    try (var server = TestServer.behindProxies(directory, "127.0.0.0/8")) {
      JsonNode code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.7");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.7");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.8");
      server.scan(code, "User-Agent", DESKTOP, "X-Forwarded-For", "203.0.113.8");
      server.scan(code, "User-Agent", DESKTOP, "X-Forwarded-For", "198.51.100.1, 203.0.113.8");

      JsonNode analytics = analytics(server, code);
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(5);
      assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(3);
    }
  }

  @Test
  void forwardedAddressesOfStrangersAreNotBelieved() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.7");
      server.scan(code, "User-Agent", IPHONE, "X-Forwarded-For", "203.0.113.8");

      assertThat(analytics(server, code).get("scans_unique_devices").intValue()).isEqualTo(1);
    }
  }

  @Test
  void aWalkByCursorSeesEveryScanOnceWhileNewOnesArrive() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      for (int i = 0; i < 25; i++) {
        server.scan(code);
      }
      var seen = new ArrayList<String>();
      String cursor = "";
      while (cursor != null) {
        JsonNode page = server.json("/v1/scans?limit=10" + cursor);
        page.get("scans").forEach(scan -> seen.add(scan.get("id").stringValue()));
        JsonNode next = page.get("next_cursor");
        cursor = next.isNull() ? null : "&cursor=" + next.stringValue();
        server.scan(code);
      }
      assertThat(seen)
          .hasSize(25)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }
  }

  @Test
  void everyAnsweredScanOfManyAtOnceIsStoredOnce() {
    try (var server = TestServer.in(directory)) {
      JsonNode code =
          server.json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
              """);
      var answered = ConcurrentHashMap.<String>newKeySet();
      try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 300; i++) {
          people.execute(
              () -> answered.add(server.scan(code).substring("http://x.example/".length())));
        }
      }
      var listed = new HashSet<String>();
      for (int offset = 0; offset < 400; offset += 200) {
        server
            .json("/v1/scans?limit=200&offset=" + offset)
            .get("scans")
            .forEach(scan -> listed.add(scan.get("id").stringValue()));
      }
      assertThat(answered).hasSize(300).isEqualTo(listed);
    }
  }

  @Test
  void aFullBacklogIsRefusedWith503AndCounted() {
    var noBacklog = new Limits(10, -1, 1 << 20, 10, Duration.ofMillis(10), Duration.ZERO);
    try (var server = TestServer.with(directory, noBacklog)) {
      String shortId = server.createCode("n").get("short_id").stringValue();

      var answer = server.get("/s/" + shortId);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(server.get("/metrics").body())
          .contains("openqpr_refused_total{reason=\"backlog_full\"} 1");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void aRestartKeepsEverything() {
    JsonNode code;
    try (var server = TestServer.in(directory)) {
      code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE);
    }
    try (var server = TestServer.in(directory)) {
      server.scan(code, "User-Agent", IPHONE);

      JsonNode analytics = analytics(server, code);
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(2);
      assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(1);
    }
  }

  @Test
  void neitherAddressNorAgentIsWrittenAnywhere() throws Exception {
    try (var server = TestServer.behindProxies(directory, "127.0.0.0/8")) {
      server.scan(
          server.createCode("n"),
          "User-Agent",
          "Tell-Tale/1.0 agent",
          "X-Forwarded-For",
          "203.0.113.77");
      server.json("/v1/scans");
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes)
            .as(file.toString())
            .doesNotContain("Tell-Tale")
            .doesNotContain("203.0.113.77");
      }
    }
  }

  @Test
  void theFirstStartWithoutAKeyMakesOneAndTheSecondDoesNot() {
    var settings = new Settings(0, directory, null, null, null, List.of(), null, null, null);
    try (App app = App.start(settings)) {
      assertThat(app.newKey().orElseThrow()).startsWith("3qpr_sk_live_");
    }
    try (App app = App.start(settings)) {
      assertThat(app.newKey()).isEmpty();
    }
  }

  private static int report(TestServer server, String path, int messages, String status) {
    JsonNode scan =
        server.json(
            "PUT", path, "{\"messages\": %d, \"status\": \"%s\"}".formatted(messages, status));
    assertThat(scan.get("conversation_started").booleanValue()).isTrue();
    return scan.get("conversation_messages").intValue();
  }

  private static JsonNode analytics(TestServer server, JsonNode code) {
    return server.json("/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics");
  }

  /// The public URL names `localhost`, which may be another address family than the test's.
  private static String localised(TestServer server, String location) {
    return location.replace("http://localhost:" + server.port(), server.url());
  }
}
