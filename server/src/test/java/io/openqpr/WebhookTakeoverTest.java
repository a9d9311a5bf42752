package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.WebhookReceiver.Got;
import io.openqpr.storage.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three servers on one database: one of them sends, and when it dies another goes on.
class WebhookTakeoverTest {

  private static final String PREFIX = "http://x.example/";

  @TempDir Path directory;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  @Test
  void anotherServerGoesOnWhereTheOneThatSendsDied() throws Exception {
    String database = PostgresServer.newDatabase();
    var servers = new ArrayList<ServerProcess>();
    var names = List.of("a", "b", "c");
    try (var receiver = new WebhookReceiver()) {
      for (String name : names) {
        ServerProcess server = start(database, name);
        servers.add(server);
        assertThat(server.awaitReady()).as(server.output()).isTrue();
      }
      post(
          servers.getFirst(),
          "/v1/webhooks",
          "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(receiver.url()));
      String shortId =
          post(
                  servers.getFirst(),
                  "/v1/qpr-codes",
                  """
                  {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
                  """)
              .get("short_id")
              .stringValue();
      ServerProcess sender = awaitSender(servers);
      var others = servers.stream().filter(server -> server != sender).toList();
      var seen = new ArrayList<Got>();
      var end = new AtomicBoolean();
      try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
        for (ServerProcess server : servers) {
          people.execute(() -> scanWhileItLives(server, shortId, end));
        }
        seen.addAll(receiver.next(50));
        sender.kill();
        assertThat(awaitSender(others)).isNotSameAs(sender);
        seen.addAll(receiver.next(200));
        end.set(true);
      }
      // What it had not brought into the database is in its journal.
      ServerProcess again = start(database, names.get(servers.indexOf(sender)));
      servers.add(again);
      assertThat(again.awaitReady()).as(again.output()).isTrue();
      assertThat(awaitAll(receiver, seen)).containsAll(answered);
      var bodies = seen.stream().collect(Collectors.groupingBy(Got::id));
      bodies
          .values()
          .forEach(same ->
              assertThat(same.stream().map(got -> new String(got.body())).distinct()).hasSize(1));
    } finally {
      servers.forEach(ServerProcess::close);
      client.close();
    }
  }

  private ServerProcess start(String database, String name) {
    return ServerProcess.start(
        Map.of(
            "QPR_DATA_DIR",
            directory.resolve(name).toString(),
            "QPR_PORT",
            "0",
            "QPR_STORE",
            database,
            "QPR_API_KEY",
            TestServer.KEY,
            "QPR_WEBHOOK_NETWORKS",
            "127.0.0.0/8"));
  }

  private static HttpRequest.Builder request(ServerProcess server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private JsonNode post(ServerProcess server, String path, String body) throws Exception {
    var answer =
        client.send(
            request(server, path)
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.parse(answer);
  }

  /// The one that has the webhook, by its own word.
  private ServerProcess awaitSender(List<ServerProcess> servers) throws Exception {
    while (true) {
      for (ServerProcess server : servers) {
        String metrics =
            client.send(request(server, "/metrics").build(), BodyHandlers.ofString()).body();
        if (metrics.contains("\nopenqpr_webhooks_sending 1.0\n")) {
          return server;
        }
      }
    }
  }

  private void scanWhileItLives(ServerProcess server, String shortId, AtomicBoolean end) {
    HttpRequest scan =
        request(server, "/s/" + shortId).header("User-Agent", UserAgents.IPHONE).build();
    try {
      while (!end.get()) {
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

  private Set<String> awaitAll(WebhookReceiver receiver, List<Got> seen) {
    var told = seen.stream().map(WebhookTakeoverTest::scan).collect(Collectors.toSet());
    while (!told.containsAll(answered)) {
      Got got = receiver.next();
      seen.add(got);
      told.add(scan(got));
    }
    return told;
  }

  private static String scan(Got got) {
    return got.json().get("data").get("id").stringValue();
  }
}
