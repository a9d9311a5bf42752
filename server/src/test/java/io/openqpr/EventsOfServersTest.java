package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The feed of three servers that write into one database at the same time.
class EventsOfServersTest {

  private static final int PEOPLE = 9;
  private static final int SCANS = 40;

  private static final String PREFIX = "http://x.example/";

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
  void whoeverWalksWhileAllWriteSeesEachEventOnceAndEachScanInItsOrder() throws Exception {
    JsonNode code =
        servers
            .next()
            .json(
                "POST",
                "/v1/qpr-codes",
                """
                {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
                """);
    String begin = servers.next().json("/v1/events?after=latest").get("next_cursor").stringValue();
    var told = new ArrayList<JsonNode>();
    try (var stream = new LiveReader(servers.next(), "?after=" + begin);
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var busy = new ArrayList<Future<?>>();
      for (int i = 0; i < PEOPLE; i++) {
        TestServer server = servers.next();
        busy.add(
            people.submit(() -> {
              live(server, code);
              return server;
            }));
      }
      String cursor = begin;
      boolean done = false;
      while (!done) {
        done = busy.stream().allMatch(Future::isDone);
        // From whichever server, while others commit.
        JsonNode page;
        do {
          page = servers.next().json("/v1/events?limit=7&after=" + cursor);
          page.get("events").forEach(told::add);
          cursor = page.get("next_cursor").stringValue();
        } while (page.get("more").booleanValue());
      }
      for (Future<?> one : busy) {
        one.get();
      }
      assertThat(told).hasSize(PEOPLE * SCANS * 3);
      inOrder(told);
      List<JsonNode> streamed =
          stream.events(told.size()).stream().map(LiveReader.Sent::data).toList();
      inOrder(streamed);
      assertThat(ids(streamed)).isEqualTo(ids(told));
      assertThat(stream.waiting()).isZero();
    }
  }

  /// Scans here; how the conversation goes on is told to whichever server, twice at the same time.
  private void live(TestServer server, JsonNode code) throws Exception {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int i = 0; i < SCANS; i++) {
      String id = server.scan(code).substring(PREFIX.length());
      for (String status : List.of("open", "completed")) {
        try (var twins = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int twin = 0; twin < 2; twin++) {
            TestServer other = servers.all().get(random.nextInt(3));
            twins.submit(() -> report(other, id, status));
          }
        }
      }
    }
  }

  private static void report(TestServer server, String scan, String status) {
    server.json(
        "PUT",
        "/v1/scans/" + scan + "/conversation",
        "{\"messages\": 1, \"status\": \"" + status + "\"}");
  }

  private static void inOrder(List<JsonNode> events) {
    assertThat(ids(events)).hasSize(events.size());
    var last = new HashMap<String, String>();
    for (JsonNode event : events) {
      String type = event.get("type").stringValue();
      String before = last.put(event.get("data").get("id").stringValue(), type);
      assertThat(before)
          .as(event.toString())
          .isEqualTo(
              switch (type) {
                case "conversation.started" -> "scan.created";
                case "conversation.completed" -> "conversation.started";
                default -> null;
              });
    }
  }

  private static Set<String> ids(List<JsonNode> events) {
    var ids = new TreeSet<String>();
    events.forEach(event -> ids.add(event.get("id").stringValue()));
    return ids;
  }
}
