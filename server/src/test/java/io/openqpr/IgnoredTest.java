package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What was no person scanning is no scan, and can be seen, over HTTP.
class IgnoredTest {

  private static final String WHATSAPP = "WhatsApp/2.23.20.0 A";
  private static final String GOOGLEBOT =
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

  @TempDir static Path directory;
  private static TestServer server;

  private JsonNode code;
  private String id;

  @BeforeAll
  static void start() {
    server = TestServer.behindProxies(directory, "127.0.0.0/8");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void newCode() {
    code =
        server.json(
            "POST",
            "/v1/qpr-codes",
            """
            {"name": "Room <7>", "prompt": "p", "welcome_message": "Hello & welcome",
             "metadata": {"floor": 2}}
            """);
    id = code.get("id").stringValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        WHATSAPP + " | preview",
        "TelegramBot (like TwitterBot) | preview",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots) | preview",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php) | preview",
        GOOGLEBOT + " | crawler",
        "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/) | monitor",
        "curl/8.5.0 | script",
        "python-requests/2.31.0 | script",
        "Java-http-client/25 | script",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36 | headless",
      })
  void anAgentThatIsNoPersonIsListedWithItsReason(String agent, String reason) {
    server.visit(code, "User-Agent", agent);

    assertThat(reasons()).isEqualTo(reason);
    assertThat(scans()).isZero();
  }

  @Test
  void aPreviewGetsAPageThatLooksRightInAChat() {
    HttpResponse<String> answer = server.visit(code, "User-Agent", WHATSAPP);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body())
        .contains("<meta property=\"og:title\" content=\"Room &lt;7&gt;\">")
        .contains("<meta property=\"og:description\" content=\"Hello &amp; welcome\">")
        .contains("/qr/" + code.get("short_id").stringValue() + ".png")
        .contains("Open the conversation");
  }

  @Test
  void whatFetchesAheadIsRefusedSoThatTheVisitComesAgain() {
    HttpResponse<String> ahead = server.visit(code, "Sec-Purpose", "prefetch;prerender");

    assertThat(ahead.statusCode()).isEqualTo(503);
    assertThat(ahead.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(reasons()).isEqualTo("prefetch");

    server.scan(code);
    assertThat(scans()).isEqualTo(1);
  }

  @Test
  void whoeverMayBeAPersonIsSentOn() {
    HttpResponse<String> answer = server.visit(code, "User-Agent", "");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(server.get(path(answer)).body()).contains("Room &lt;7&gt;");
    assertThat(reasons()).isEqualTo("no_agent");
  }

  @Test
  void aHitShowsWhatAScanWould() {
    server.visit(code, "User-Agent", GOOGLEBOT, "CF-IPCountry", "DE");

    JsonNode hit = list("").get("ignored").get(0);
    assertThat(hit.get("id").stringValue()).startsWith("hit_");
    assertThat(hit.get("qpr_code_id")).isEqualTo(code.get("id"));
    assertThat(hit.get("short_id")).isEqualTo(code.get("short_id"));
    assertThat(hit.get("bot").stringValue()).isEqualTo("Googlebot");
    assertThat(hit.get("country").stringValue()).isEqualTo("DE");
    assertThat(hit.get("metadata").toString()).isEqualTo("{\"floor\":2}");
  }

  @Test
  void theListIsFilteredAndPaged() {
    for (int i = 0; i < 3; i++) {
      server.visit(code, "User-Agent", GOOGLEBOT);
      server.visit(code, "User-Agent", WHATSAPP);
    }
    JsonNode first = list("&reason=preview&limit=2");
    JsonNode second =
        list("&reason=preview&limit=2&cursor=" + first.get("next_cursor").stringValue());

    assertThat(first.get("total").intValue()).isEqualTo(3);
    assertThat(first.get("ignored")).hasSize(2);
    assertThat(second.get("ignored")).hasSize(1);
    assertThat(second.get("next_cursor").isNull()).isTrue();
    assertThat(server.get("/v1/scans/ignored?reason=bot").body()).contains("prefetch");
  }

  @Test
  void theAnalyticsCountItByReasonAndDay() {
    server.visit(code, "User-Agent", GOOGLEBOT);
    server.visit(code, "User-Agent", WHATSAPP);
    server.visit(code, "User-Agent", WHATSAPP);
    server.scan(code);

    JsonNode analytics = server.json("/v1/qpr-codes/" + id + "/analytics?period=7d");
    JsonNode ignored = analytics.get("ignored");
    assertThat(analytics.get("scans_total").intValue()).isEqualTo(1);
    assertThat(ignored.get("total").intValue()).isEqualTo(3);
    assertThat(ignored.get("by_reason").toString()).isEqualTo("{\"preview\":2,\"crawler\":1}");
    assertThat(ignored.get("timeseries")).hasSize(7);
    assertThat(ignored.get("timeseries").get(6).toString())
        .isEqualTo(
            "{\"date\":\"%s\",\"ignored\":3,\"by_reason\":{\"preview\":2,\"crawler\":1}}"
                .formatted(LocalDate.now(ZoneOffset.UTC)));
    assertThat(ignored.get("timeseries").get(0).get("by_reason")).isEmpty();
    assertThat(server.get("/metrics").body()).contains("openqpr_ignored_total{reason=\"crawler\"}");
  }

  @Test
  void aPersonWhoWasTakenForABotIsCountedAfterAll() {
    server.visit(code, "User-Agent", "curl/8.5.0");
    JsonNode hit = list("").get("ignored").get(0);
    String count = "/v1/scans/ignored/" + hit.get("id").stringValue() + "/count";

    JsonNode scan = server.json("POST", count, "");

    assertThat(scan.get("scanned_at")).isEqualTo(hit.get("requested_at"));
    assertThat(server.json("POST", count, "")).isEqualTo(scan);
    assertThat(scans()).isEqualTo(1);
    assertThat(list("").get("total").intValue()).isZero();
    assertThat(server.json("/v1/scans/" + scan.get("id").stringValue())).isEqualTo(scan);
    JsonNode analytics = server.json("/v1/qpr-codes/" + id + "/analytics");
    assertThat(analytics.get("scans_total").intValue()).isEqualTo(1);
    assertThat(analytics.get("ignored").get("total").intValue()).isZero();
  }

  @Test
  void anUnknownHitCannotBeCounted() {
    for (String hit : new String[] {"hit_01ARZ3NDEKTSV4RRFFQ69G5FAV", "scan_1", "x"}) {
      assertThat(server.send("POST", "/v1/scans/ignored/" + hit + "/count", "").statusCode())
          .isEqualTo(404);
    }
  }

  private JsonNode list(String more) {
    return server.json("/v1/scans/ignored?qpr_code_id=" + id + more);
  }

  /// Of the code's only hit.
  private String reasons() {
    JsonNode list = list("");
    assertThat(list.get("total").intValue()).isEqualTo(1);
    return list.get("ignored").get(0).get("reason").stringValue();
  }

  private int scans() {
    return server.json("/v1/scans?qpr_code_id=" + id).get("total").intValue();
  }

  private static String path(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceFirst("http://localhost:\\d+", "");
  }
}
