package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The feed over HTTP: `GET /v1/events`.
class EventsTest {

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tellsTheLifeOfACodeAndOfItsScan() {
    String latest = latest();
    JsonNode code = server.createCode("Door");
    String id = code.get("id").stringValue();
    server.scan(code);
    JsonNode scan = newestScan(code);
    report(scan, 2, "open");
    report(scan, 5, "completed");
    server.json("PATCH", "/v1/qpr-codes/" + id, "{\"name\": \"Gate\"}");
    server.send(server.request("/v1/qpr-codes/" + id).DELETE());

    List<JsonNode> events = walk(latest, "", 2);

    assertThat(events)
        .extracting(event -> event.get("type").stringValue())
        .containsExactlyInAnyOrder(
            "qpr_code.created",
            "scan.created",
            "conversation.started",
            "conversation.completed",
            "qpr_code.updated",
            "qpr_code.deleted");
    assertThat(events)
        .allMatch(event -> event.get("id").stringValue().matches("evt_[0-9A-HJKMNP-TV-Z]{26}"));
    assertThat(data(events, "scan.created")).isEqualTo(scan);
    assertThat(data(events, "scan.created").get("conversation_started").booleanValue()).isFalse();
    assertThat(data(events, "conversation.started").get("conversation_messages").intValue())
        .isEqualTo(2);
    assertThat(data(events, "conversation.completed").get("conversation_messages").intValue())
        .isEqualTo(5);
    assertThat(data(events, "qpr_code.created")).isEqualTo(code);
    assertThat(data(events, "qpr_code.updated").get("name").stringValue()).isEqualTo("Gate");
    assertThat(data(events, "qpr_code.updated").get("scans_total").intValue()).isEqualTo(1);
    assertThat(data(events, "qpr_code.deleted").get("status").stringValue()).isEqualTo("deleted");
    assertThat(walk(latest, "", 200)).isEqualTo(events);
  }

  @Test
  void filtersByTypeAndCodeAndVisit() {
    String latest = latest();
    JsonNode one = server.createCode("one");
    JsonNode two = server.createCode("two");
    server.scan(one);
    server.scan(two, "Accept-Language", "de-AT");
    String ofOne = "&qpr_code_id=" + one.get("id").stringValue();

    assertThat(walk(latest, "&types=scan.created", 50)).hasSize(2);
    assertThat(walk(latest, "&types=scan.created,%20qpr_code.created", 1)).hasSize(4);
    assertThat(walk(latest, ofOne, 50)).hasSize(2);
    assertThat(walk(latest, "&language=de", 50)).hasSize(1);
    assertThat(walk(latest, "&language=fr", 50)).isEmpty();
    assertThat(server.get("/v1/events?qpr_code_id=nobodys").statusCode()).isEqualTo(404);
  }

  @Test
  void waitsUntilSomethingMatches() throws Exception {
    JsonNode code = server.createCode("awaited");
    String latest = latest();
    var waiting =
        CompletableFuture.supplyAsync(
            () -> server.json("/v1/events?wait=25&types=conversation.started&after=" + latest));
    server.scan(code);
    assertThat(waiting).isNotDone();
    report(newestScan(code), 1, "open");

    JsonNode answer = waiting.get();

    assertThat(answer.get("events")).hasSize(1);
    String next = answer.get("next_cursor").stringValue();
    assertThat(walk(next, "", 50)).isEmpty();
    assertThat(server.json("/v1/events?wait=25&after=" + latest).get("events")).isNotEmpty();
  }

  @Test
  void anAnswerThatWaitedForNothingIsEmptyAndMovesOn() {
    String latest = latest();
    server.scan(server.createCode("unasked"));

    JsonNode answer = server.json("/v1/events?wait=1&types=qpr_code.deleted&after=" + latest);

    assertThat(answer.get("events")).isEmpty();
    assertThat(answer.get("more").booleanValue()).isFalse();
    assertThat(answer.get("next_cursor").stringValue()).isNotEqualTo(latest);
  }

  @Test
  void erasedScansAreInNoEvent() {
    String latest = latest();
    JsonNode code = server.createCode("erased");
    server.scan(code);
    JsonNode scan = newestScan(code);
    report(scan, 2, "completed");
    assertThat(walk(latest, "", 50)).hasSize(4);

    String id = scan.get("id").stringValue();
    assertThat(server.send(server.request("/v1/scans/" + id).DELETE()).statusCode())
        .isLessThan(300);

    assertThat(walk(latest, "", 50)).hasSize(1).allMatch(e -> !e.toString().contains(id));
  }

  @Test
  void mistakesAreNamedAllAtOnce() {
    JsonNode problem =
        TestServer.parse(
            server.get("/v1/events?after=xyz&types=scan.creatd&limit=0&wait=26&tpyes=1"));

    assertThat(problem.get("status").intValue()).isEqualTo(400);
    assertThat(problem.get("errors"))
        .extracting(error -> error.get("field").stringValue())
        .containsExactlyInAnyOrder("after", "types", "limit", "wait", "tpyes");
    assertThat(problem.toString())
        .contains("did you mean `scan.created`?")
        .contains("did you mean `types`?");
  }

  @Test
  void aKeyWithoutTheScopeIsRefused() {
    JsonNode key =
        server.json("POST", "/v1/api-keys", "{\"name\": \"n\", \"scopes\": [\"scans:read\"]}");
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/events"))
            .header("Authorization", "Bearer " + key.get("key").stringValue());

    assertThat(server.send(request).statusCode()).isEqualTo(403);
    assertThat(server.send(request).body()).contains("events:read");
  }

  private static String latest() {
    JsonNode answer = server.json("/v1/events?after=latest");
    assertThat(answer.get("events")).isEmpty();
    return answer.get("next_cursor").stringValue();
  }

  private static JsonNode newestScan(JsonNode code) {
    return server.json("/v1/scans?qpr_code_id=" + code.get("id").stringValue()).get("scans").get(0);
  }

  private static void report(JsonNode scan, int messages, String status) {
    server.json(
        "PUT",
        "/v1/scans/" + scan.get("id").stringValue() + "/conversation",
        "{\"messages\": %d, \"status\": \"%s\"}".formatted(messages, status));
  }

  private static JsonNode data(List<JsonNode> events, String type) {
    return events.stream()
        .filter(event -> event.get("type").stringValue().equals(type))
        .findFirst()
        .orElseThrow()
        .get("data");
  }

  static List<JsonNode> walk(String after, String query, int limit) {
    return walk(server, after, query, limit);
  }

  /// @param begin a cursor; empty for the very beginning
  static List<JsonNode> walk(TestServer from, String begin, String query, int limit) {
    var events = new ArrayList<JsonNode>();
    String cursor = begin;
    JsonNode page;
    do {
      String after = cursor.isEmpty() ? "" : "&after=" + cursor;
      page = from.json("/v1/events?limit=" + limit + after + query);
      page.get("events").forEach(events::add);
      cursor = page.get("next_cursor").stringValue();
    } while (page.get("more").booleanValue());
    return events;
  }
}
