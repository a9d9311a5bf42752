package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.postgres.PostgresServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three servers on one database, each of which remembers codes and keys: what is changed on one is
/// honoured by all within a second.
class HonouredEverywhereTest {

  private static final Duration PROMISE = Duration.ofSeconds(1);

  @TempDir Path directory;
  private ThreeServers servers;
  private JsonNode code;
  private String keyId;
  private String key;

  @BeforeEach
  void rememberACodeAndAKeyEverywhere() {
    servers = new ThreeServers(directory, null);
    code = servers.next().createCode("n");
    JsonNode made = servers.next().json("POST", "/v1/api-keys", "{\"name\": \"k\"}");
    keyId = made.get("id").stringValue();
    key = made.get("key").stringValue();
    everywhere(this::scanned, 302);
    everywhere(this::asked, 200);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void aPausedCodeAndARevokedKey() {
    pause();
    everywhere(this::scanned, 410);
    revoke();
    everywhere(this::asked, 403);
  }

  @Test
  void aRuleOfWhatToIgnore() {
    JsonNode rule =
        servers.next().json("POST", "/v1/ignore-rules", "{\"address_range\": \"127.0.0.1\"}");
    everywhere(this::scansCounted, 0);
    servers.next().json("DELETE", "/v1/ignore-rules/" + rule.get("id").stringValue(), "");
    everywhere(this::scansCounted, 1);
  }

  @Test
  void aCodeThatWasScannedBeforeItWasThere() {
    JsonNode moved = TestServer.parse("{\"short_id\": \"abcdef\"}");
    everywhere(server -> scanned(server, moved), 404);
    var scans = new ScansToImport(servers.next(), "qpr_moved_here");
    scans.post(
        "?create_codes=true", ScansToImport.NDJSON, BodyPublishers.ofString(scans.line("v")));
    everywhere(server -> scanned(server, moved), 302);
  }

  @Test
  void alsoWhenTheConnectionsThatHearOfItAreCut() {
    for (int round = 0; round < 3; round++) {
      PostgresServer.cutListening(servers.database());
      pause();
      everywhere(this::scanned, 410);
      PostgresServer.cutListening(servers.database());
      patch("active");
      everywhere(this::scanned, 302);
    }
    PostgresServer.cutListening(servers.database());
    revoke();
    everywhere(this::asked, 403);
  }

  private void pause() {
    patch("paused");
  }

  private void patch(String status) {
    servers
        .next()
        .json(
            "PATCH",
            "/v1/qpr-codes/" + code.get("id").stringValue(),
            "{\"status\": \"%s\"}".formatted(status));
  }

  private void revoke() {
    servers.next().json("DELETE", "/v1/api-keys/" + keyId, "");
  }

  private int scanned(TestServer server) {
    return scanned(server, code);
  }

  private static int scanned(TestServer server, JsonNode code) {
    return server.visit(code).statusCode();
  }

  /// How many scans one visit made.
  private int scansCounted(TestServer server) {
    int before = server.json("/v1/scans?limit=1").get("total").intValue();
    server.scan(code);
    return server.json("/v1/scans?limit=1").get("total").intValue() - before;
  }

  private int asked(TestServer server) {
    return server
        .send(server.request("/v1/scans").setHeader("Authorization", "Bearer " + key))
        .statusCode();
  }

  /// The last answer that is another was asked for within the promised time.
  private void everywhere(ToIntFunction<TestServer> question, int expected) {
    long changed = System.nanoTime();
    for (TestServer server : servers.all()) {
      long asked = System.nanoTime();
      while (question.applyAsInt(server) != expected) {
        assertThat(Duration.ofNanos(asked - changed)).isLessThan(PROMISE);
        asked = System.nanoTime();
      }
    }
  }
}
