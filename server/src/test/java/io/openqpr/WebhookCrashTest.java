package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.WebhookReceiver.Got;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whatever happens to the server: whoever was redirected is told to the receiver, under a number
/// that no other event has, and none is missing.
class WebhookCrashTest {

  private static final int ROUNDS = 20;
  private static final int PEOPLE = 8;

  /// Of a webhook, and not written down.
  private static final int MOST_IN_FLIGHT = 1_000;

  private static final String PREFIX = "http://x.example/";

  @TempDir Path directory;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Semaphore scans = new Semaphore(0);

  @Test
  void tellsOfEveryAnsweredScanThroughKills() throws Exception {
    String shortId;
    try (var receiver = new WebhookReceiver()) {
      try (var server = TestServer.in(directory)) {
        shortId =
            server
                .json(
                    "POST",
                    "/v1/qpr-codes",
                    """
                    {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
                    """)
                .get("short_id")
                .stringValue();
        server.json(
            "POST",
            "/v1/webhooks",
            "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(receiver.url()));
      }
      for (int round = 0; round < ROUNDS; round++) {
        int port = freePort();
        try (ServerProcess server =
            ServerProcess.start(
                Map.of(
                    "QPR_DATA_DIR",
                    directory.toString(),
                    "QPR_PORT",
                    String.valueOf(port),
                    "QPR_API_KEY",
                    TestServer.KEY,
                    "QPR_WEBHOOK_NETWORKS",
                    "127.0.0.0/8"))) {
          assertThat(server.awaitReady()).as(server.output()).isTrue();
          killUnderLoad(server, port, shortId);
        }
      }
      try (var server = TestServer.in(directory)) {
        check(server, receiver);
      }
    }
  }

  private void check(TestServer server, WebhookReceiver receiver) {
    var bodies = new HashMap<String, String>();
    var told = new HashSet<String>();
    long total = server.json("/v1/scans").get("total").longValue();
    assertThat((int) total).isGreaterThanOrEqualTo(answered.size());
    var sequences = new HashMap<String, Long>();
    long highest = 0;
    while (told.size() < total) {
      Got got = receiver.next();
      JsonNode event = got.json();
      String body = new String(got.body(), StandardCharsets.UTF_8);
      String known = bodies.putIfAbsent(got.id(), body);
      if (known != null) {
        assertThat(body).isEqualTo(known);
        assertThat(got.sequence()).isEqualTo(sequences.get(got.id()));
        // Begun and not written down when the server died; nothing older.
        assertThat(got.sequence()).isGreaterThan(highest - MOST_IN_FLIGHT);
      }
      sequences.put(got.id(), got.sequence());
      highest = Math.max(highest, got.sequence());
      told.add(event.get("data").get("id").stringValue());
    }
    assertThat(told).containsAll(answered);
    assertThat(sequences).hasSize((int) total);
    assertThat(sequences.values().stream().sorted().toList())
        .isEqualTo(LongStream.rangeClosed(1, total).boxed().toList());
    assertThat(answered).hasSizeGreaterThan(ROUNDS * 10);
  }

  private void killUnderLoad(ServerProcess server, int port, String shortId)
      throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/s/" + shortId);
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PEOPLE; i++) {
        people.execute(() -> scanUntilItBreaks(client, uri));
      }
      // The kill comes in the middle of the load, after so many that were answered.
      scans.drainPermits();
      int until = ThreadLocalRandom.current().nextInt(20, 300);
      assertThat(scans.tryAcquire(until, 1, TimeUnit.MINUTES)).isTrue();
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
          scans.release();
        }
      }
    } catch (IOException e) {
      // killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
