package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The promise of the product: whoever was redirected is in the store afterwards, once, whatever
/// happened to the server meanwhile.
class CrashTest {

  private static final int ROUNDS = 20;
  private static final int PEOPLE = 16;
  private static final String PREFIX = "http://x.example/";

  @TempDir Path directory;

  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  @Test
  void keepsEveryAnsweredScanOnceThroughTwentyKills() throws Exception {
    RandomGenerator random = RandomGenerator.getDefault();
    String shortId = createCode();
    for (int round = 0; round < ROUNDS; round++) {
      int port = freePort();
      try (ServerProcess server = ServerProcess.start(directory, port)) {
        assertThat(server.awaitReady()).as(server.output()).isTrue();
        killUnderLoad(server, port, shortId, random.nextInt(50, 500));
      }
    }
    assertThat(answered).hasSizeGreaterThan(ROUNDS * 10);
    try (var server = TestServer.in(directory)) {
      Map<String, Integer> stored = storedIds(server);
      assertThat(stored.keySet()).containsAll(answered);
      assertThat(stored.values()).allMatch(times -> times == 1);
      // What was on disk when its answer was cut off counts too: at most one for each person a
      // round.
      assertThat(stored.size() - answered.size()).isBetween(0, ROUNDS * PEOPLE);
    }
  }

  private String createCode() {
    try (var server = TestServer.in(directory)) {
      return server
          .json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
              """)
          .get("short_id")
          .stringValue();
    }
  }

  /// People scan without a pause until the server is gone.
  private void killUnderLoad(ServerProcess server, int port, String shortId, int afterMillis)
      throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/s/" + shortId);
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PEOPLE; i++) {
        people.execute(() -> scanUntilItBreaks(client, uri));
      }
      Thread.sleep(afterMillis); // the kill comes at a random moment of the load, not after a wait
      server.kill();
    }
  }

  private void scanUntilItBreaks(HttpClient client, URI uri) {
    HttpRequest scan = HttpRequest.newBuilder(uri).header("User-Agent", UserAgents.IPHONE).build();
    try {
      while (true) {
        var answer = client.send(scan, BodyHandlers.discarding());
        if (answer.statusCode() == 302) {
          answered.add(
              answer.headers().firstValue("Location").orElseThrow().substring(PREFIX.length()));
        }
      }
    } catch (IOException e) {
      // killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Integer> storedIds(TestServer server) {
    var ids = new HashMap<String, Integer>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = server.json("/v1/scans?limit=200" + cursor);
      page.get("scans").forEach(scan -> ids.merge(scan.get("id").stringValue(), 1, Integer::sum));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.stringValue();
    }
    return ids;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
