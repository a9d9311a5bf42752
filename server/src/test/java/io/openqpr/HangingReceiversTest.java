package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.WebhookReceiver.Got;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Receivers that take a connection and say nothing.
class HangingReceiversTest {

  private static final int HANGING = 99;
  private static final int SCANS = 40;
  private static final int WAITING_CONNECTIONS = 2_000;

  @TempDir Path directory;

  @Test
  void doNotHoldUpWhoAnswers() throws IOException {
    try (var silent = new ServerSocket(0, WAITING_CONNECTIONS, InetAddress.ofLiteral("127.0.0.1"));
        var receiver = new WebhookReceiver();
        var server = TestServer.in(directory)) {
      // Together they want some thousand requests, each for half a minute.
      for (int i = 0; i < HANGING; i++) {
        String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
        create(server, url, ", \"concurrency\": 50, \"timeout_seconds\": 30");
      }
      create(server, receiver.url(), "");
      JsonNode code = server.createCode("n");
      for (int i = 0; i < SCANS; i++) {
        server.scan(code);
      }

      assertThat(receiver.next(SCANS).stream().map(Got::id).distinct()).hasSize(SCANS);
      assertThat(server.get("/metrics").body())
          .as("nobody's time was over yet")
          .contains("openqpr_webhook_attempts_total{outcome=\"timeout\"} 0");
    }
  }

  private static void create(TestServer server, String url, String more) {
    server.json(
        "POST",
        "/v1/webhooks",
        "{\"url\": \"%s\", \"events\": [\"scan.created\"]%s}".formatted(url, more));
  }
}
