package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A hundred thousand requests over all routes: whatever comes, the server is not at fault, says
/// what is wrong, and changes nothing when it refuses.
class RandomRequestsTest {

  private static final int REQUESTS = 100_000;

  /// After so many the state is looked at.
  private static final int BATCH = 50;

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @TempDir Path directory;

  @Test
  void noRequestBreaksTheServer() throws Exception {
    long seed = System.nanoTime();
    try (var server = TestServer.in(directory);
        var client = new RawClient(server.port())) {
      var requests =
          new RandomRequests(
              RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
              server.app().routes(),
              ids(server));
      String before = state(server);
      boolean changed = false;
      var batch = new ArrayList<String>();
      for (int i = 1; i <= REQUESTS; i++) {
        RandomRequests.Made request = requests.next();
        RawClient.Answer answer = client.send(request.bytes(), request.method().equals("HEAD"));
        String what = "seed %d: %s -> %s".formatted(seed, shown(request.bytes()), answer);
        check(request, answer, what);
        batch.add(shown(request.bytes()));
        boolean scan = request.path().startsWith("/s/");
        changed |= answer.status() < 400 && (scan || !SAFE.contains(request.method()));
        if (i % BATCH == 0) {
          String after = state(server);
          if (!changed) {
            assertThat(after).as("seed %d: %s", seed, batch).isEqualTo(before);
          }
          before = after;
          changed = false;
          batch.clear();
        }
      }
    }
  }

  private static void check(RandomRequests.Made request, RawClient.Answer answer, String what) {
    assertThat(answer.status()).as(what).isLessThan(500);
    boolean page = request.path().startsWith("/s/") || request.path().startsWith("/c/");
    if (answer.status() >= 400 && !page && !request.method().equals("HEAD")) {
      assertThat(answer.headers().get("content-type"))
          .as(what)
          .isEqualTo("application/problem+json");
      JsonNode problem = TestServer.parse(answer.body());
      assertThat(problem.get("status").intValue()).as(what).isEqualTo(answer.status());
      assertThat(problem.get("detail").stringValue())
          .as(what)
          .isNotBlank()
          .doesNotContain("Exception");
    }
  }

  private static List<String> ids(TestServer server) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      JsonNode code = server.createCode("n" + i);
      ids.add(code.get("id").stringValue());
      ids.add(code.get("short_id").stringValue());
      server.scan(code);
    }
    server.json("/v1/scans").get("scans").forEach(scan -> ids.add(scan.get("id").stringValue()));
    return ids;
  }

  private static String state(TestServer server) {
    return server.get("/v1/scans?limit=200").body()
        + server.get("/v1/qpr-codes?limit=200").body()
        + server.get("/v1/ignore-rules").body()
        + server.get("/v1/api-keys").body().replaceAll("\"last_used_at\":[^,]*", "");
  }

  private static String shown(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.length() <= 600 ? text : text.substring(0, 600) + "…";
  }
}
