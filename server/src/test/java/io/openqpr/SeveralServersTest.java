package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three servers on one database: whatever is done on one is seen on the others at once.
class SeveralServersTest {

  @TempDir Path directory;
  private ThreeServers servers;

  @BeforeEach
  void start() {
    servers = new ThreeServers(directory, null);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void theyAreOneAccountAndOneKey() {
    for (TestServer server : servers.all()) {
      assertThat(server.json("/v1/api-keys").get("keys").size()).isEqualTo(1);
    }
  }

  @Test
  void twinsOnTwoServersAreDoneOnce() {
    var statuses = new ConcurrentLinkedQueue<Integer>();
    for (int i = 0; i < 5; i++) {
      String key = "twin-" + i;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (TestServer server : servers.all()) {
          threads.execute(() ->
              statuses.add(
                  server
                      .send(
                          server
                              .request("/v1/qpr-codes")
                              .header("Content-Type", "application/json")
                              .header("Idempotency-Key", key)
                              .POST(
                                  BodyPublishers.ofString(
                                      "{\"name\": \"twin\", \"prompt\": \"p\"}")))
                      .statusCode()));
        }
      }
    }

    assertThat(statuses).hasSize(15).allMatch(status -> status < 300 || status == 409);
    assertThat(servers.next().json("/v1/qpr-codes").get("total").intValue()).isEqualTo(5);
  }

  @Test
  void aScanOnOneIsSeenOnTheOthersAtOnce() {
    JsonNode code = servers.next().createCode("n");
    for (int i = 1; i <= 30; i++) {
      servers.next().scan(code);
      assertThat(servers.next().json("/v1/scans").get("total").intValue()).isEqualTo(i);
      JsonNode analytics = servers.next().json("/v1/analytics");
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(i);
      // The same device everywhere: they share a secret.
      assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(1);
      servers.next(); // so that each of them gets scans
    }
  }

  @Test
  void aCodeOfOneIsReadChangedAndScannedOnTheOthersAtOnce() {
    for (int i = 0; i < 6; i++) {
      JsonNode code = servers.next().createCode("n");
      String path = "/v1/qpr-codes/" + code.get("id").stringValue();
      servers.next().json("PATCH", path, "{\"name\": \"Door %d\"}".formatted(i));
      assertThat(servers.next().json(path).get("name").stringValue()).isEqualTo("Door " + i);
      servers.next().scan(code);
    }
  }

  @Test
  void aLinkFromOneOpensOnTheOthers() {
    JsonNode code = servers.next().createCode("Room 7");
    String path = servers.next().scan(code).replaceFirst("http://localhost:\\d+", "");
    assertThat(servers.next().get(path).body()).contains("Room 7");
  }
}
