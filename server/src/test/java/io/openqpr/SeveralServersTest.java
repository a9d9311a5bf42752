package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.store.postgres.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three servers on one PostgreSQL database: whatever is done on one is seen on the others.
class SeveralServersTest {

  @TempDir Path directory;
  private final List<TestServer> servers = new ArrayList<>();

  @BeforeEach
  void startAllAtOnce() {
    String url = PostgresServer.newDatabase();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting = new ArrayList<CompletableFuture<TestServer>>();
      for (int i = 0; i < 3; i++) {
        Path data = directory.resolve("server-" + i);
        starting.add(CompletableFuture.supplyAsync(() -> TestServer.sharing(url, data), threads));
      }
      starting.forEach(server -> servers.add(server.join()));
    }
  }

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  @Test
  void theyAreOneAccountAndOneKey() {
    for (TestServer server : servers) {
      assertThat(server.json("/v1/api-keys").get("keys").size()).isEqualTo(1);
    }
  }

  @Test
  void aScanOnOneIsSeenOnTheOthersAtOnce() {
    JsonNode code = servers.get(0).createCode("n");
    for (int i = 1; i <= 30; i++) {
      servers.get(i % 3).scan(code);
      TestServer other = servers.get((i + 1) % 3);
      assertThat(other.json("/v1/scans").get("total").intValue()).isEqualTo(i);
      assertThat(other.json("/v1/analytics").get("scans_total").intValue()).isEqualTo(i);
      // The same device everywhere: they share a secret.
      assertThat(other.json("/v1/analytics").get("scans_unique_devices").intValue()).isEqualTo(1);
    }
  }

  @Test
  void aRuleOfOneIsHonouredByAllWithinASecond() throws Exception {
    JsonNode code = servers.get(0).createCode("n");
    servers.forEach(server -> server.scan(code));

    servers.get(1).json("POST", "/v1/ignore-rules", "{\"address_range\": \"127.0.0.1\"}");

    Thread.sleep(1_000); // the promise is a time
    servers.forEach(server -> server.scan(code));
    assertThat(servers.get(2).json("/v1/scans").get("total").intValue()).isEqualTo(3);
    assertThat(servers.get(2).json("/v1/scans/ignored").get("total").intValue()).isEqualTo(3);
  }

  @Test
  void aLinkFromOneOpensOnTheOthers() {
    JsonNode code = servers.get(0).createCode("Room 7");
    String path = servers.get(0).scan(code).replaceFirst("http://localhost:\\d+", "");
    assertThat(servers.get(1).get(path).body()).contains("Room 7");
  }

  @Test
  void aPausedCodeAndARevokedKeyAreHonouredWithinASecond() throws Exception {
    JsonNode code = servers.get(0).createCode("n");
    servers.forEach(server -> server.scan(code));
    JsonNode key = servers.get(0).json("POST", "/v1/api-keys", "{\"name\": \"k\"}");
    String text = key.get("key").stringValue();
    servers.forEach(server -> assertThat(withKey(server, text)).isEqualTo(200));

    servers
        .get(1)
        .json("PATCH", "/v1/qpr-codes/" + code.get("id").stringValue(), "{\"status\": \"paused\"}");
    servers.get(1).json("DELETE", "/v1/api-keys/" + key.get("id").stringValue(), "");

    Thread.sleep(1_000); // the promise is a time
    for (TestServer server : servers) {
      HttpResponse<String> scan = server.visit(code);
      assertThat(scan.statusCode()).isEqualTo(410);
      assertThat(withKey(server, text)).isEqualTo(403);
    }
  }

  private static int withKey(TestServer server, String key) {
    return server
        .send(server.request("/v1/scans").setHeader("Authorization", "Bearer " + key))
        .statusCode();
  }
}
