package io.openqpr;

import static io.openqpr.UserAgents.DESKTOP;
import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Which visitors are counted as one, and what of them is kept, over HTTP.
class VisitorsTest {

  @TempDir Path directory;

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
  void neitherAddressNorAgentIsWrittenAnywhere() throws Exception {
    try (var server = TestServer.behindProxies(directory, "127.0.0.0/8")) {
      server.visit(
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

  private static JsonNode analytics(TestServer server, JsonNode code) {
    return server.json("/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics");
  }
}
