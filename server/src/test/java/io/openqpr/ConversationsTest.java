package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Where a scan leads, and what is reported of its conversation, over HTTP.
class ConversationsTest {

  @TempDir Path directory;

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

  private static int report(TestServer server, String path, int messages, String status) {
    JsonNode scan =
        server.json(
            "PUT", path, "{\"messages\": %d, \"status\": \"%s\"}".formatted(messages, status));
    assertThat(scan.get("conversation_started").booleanValue()).isTrue();
    return scan.get("conversation_messages").intValue();
  }

  /// The public URL names `localhost`, which may be another address family than the test's.
  private static String localised(TestServer server, String location) {
    return location.replace("http://localhost:" + server.port(), server.url());
  }
}
