package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The life of codes, over HTTP.
class CodesTest {

  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPatchChangesWhatItNames() {
    JsonNode code =
        server.json(
            "POST",
            "/v1/qpr-codes",
            """
            {"name": "Door", "prompt": "p", "welcome_message": "Hi", "template": "retail",
             "metadata": {"a": 1, "deep": {"x": 1, "y": 2}}}
            """);

    JsonNode patched =
        patch(
            code,
            "{\"name\": \"Gate\", \"template\": null, \"metadata\": {\"a\": null, \"deep\": {\"x\": 5}, \"b\": [1]}}");

    assertThat(patched.get("name").stringValue()).isEqualTo("Gate");
    assertThat(patched.get("template").isNull()).isTrue();
    assertThat(patched.get("metadata").toString())
        .isEqualTo("{\"deep\":{\"x\":5,\"y\":2},\"b\":[1]}");
    assertThat(patched.get("updated_at")).isNotEqualTo(code.get("updated_at"));
    assertThat(server.json("/v1/qpr-codes/" + id(code))).isEqualTo(patched);
    String page =
        server
            .send(server.request(server.scan(code).replaceFirst("http://localhost:\\d+", "")))
            .body();
    assertThat(page).contains("Gate").contains("Hi");
    assertThat(patch(code, "{\"metadata\": null}").get("metadata").toString()).isEqualTo("{}");
  }

  @Test
  void scansKeepTheMetadataOfTheirMoment() {
    JsonNode code =
        server.json(
            "POST",
            "/v1/qpr-codes",
            "{\"name\": \"n\", \"prompt\": \"p\", \"metadata\": {\"v\": 1}}");
    server.scan(code);
    patch(code, "{\"metadata\": {\"v\": 2}}");
    server.scan(code);

    JsonNode scans = server.json("/v1/scans").get("scans");
    assertThat(scans.get(0).get("metadata").toString()).isEqualTo("{\"v\":2}");
    assertThat(scans.get(1).get("metadata").toString()).isEqualTo("{\"v\":1}");
  }

  @Test
  void pausedAndArchivedCodesAnswer410AndCountNothing() {
    JsonNode code = server.createCode("n");
    for (String status : List.of("paused", "archived")) {
      patch(code, "{\"status\": \"" + status + "\"}");
      HttpResponse<String> answer = server.get("/s/" + code.get("short_id").stringValue());
      assertThat(answer.statusCode()).isEqualTo(410);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    }
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();

    patch(code, "{\"status\": \"active\"}");
    server.scan(code);
    assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(1);
  }

  @Test
  void aDeletedCodeIsGoneButItsScansStay() {
    JsonNode code = server.createCode("n");
    server.scan(code);
    String path = "/v1/qpr-codes/" + id(code);

    JsonNode deleted = server.json("DELETE", path, "");

    assertThat(deleted.get("status").stringValue()).isEqualTo("deleted");
    assertThat(server.get(path).statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(404);
    assertThat(server.send("PATCH", path, "{\"name\": \"x\"}").statusCode()).isEqualTo(404);
    assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isZero();
    assertThat(server.get("/s/" + code.get("short_id").stringValue()).statusCode()).isEqualTo(410);
    assertThat(server.json("/v1/scans?qpr_code_id=" + id(code)).get("total").intValue())
        .isEqualTo(1);
    assertThat(server.json(path + "/analytics").get("scans_total").intValue()).isEqualTo(1);
  }

  @Test
  void codesAreListedFilteredAndWalked() {
    var made = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      made.addFirst(id(server.createCode("Room " + i)));
    }
    JsonNode lobby = server.createCode("Lobby");
    patch(lobby, "{\"status\": \"paused\"}");

    assertThat(server.json("/v1/qpr-codes?status=paused").get("total").intValue()).isEqualTo(1);
    assertThat(server.json("/v1/qpr-codes?search=lOB").get("total").intValue()).isEqualTo(1);
    var walked = new ArrayList<String>();
    String next = "/v1/qpr-codes?search=room&limit=3";
    while (next != null) {
      JsonNode page = server.json(next);
      assertThat(page.get("total").intValue()).isEqualTo(7);
      page.get("qpr_codes").forEach(code -> walked.add(id(code)));
      JsonNode cursor = page.get("next_cursor");
      next =
          cursor.isNull()
              ? null
              : "/v1/qpr-codes?search=room&limit=3&cursor=" + cursor.stringValue();
    }
    assertThat(walked).isEqualTo(made);
  }

  @Test
  void manyAreMadeAtOnceEachWithItsVerdict() {
    JsonNode answer =
        server.json(
            "POST",
            "/v1/qpr-codes/bulk",
            """
            {"codes": [{"name": "a", "prompt": "p"}, {"name": "", "prompt": 5}, {"name": "c", "prompt": "p", "colour": "red"}, {"name": "d", "prompt": "p"}, 7]}
            """
                .replace(", 7]", "]"));

    assertThat(answer.get("created").intValue()).isEqualTo(2);
    assertThat(answer.get("failed").intValue()).isEqualTo(2);
    JsonNode results = answer.get("results");
    assertThat(results.get(0).get("qpr_code").get("name").stringValue()).isEqualTo("a");
    assertThat(results.get(1).get("errors").toString()).contains("name").contains("prompt");
    assertThat(results.get(2).get("errors").toString()).contains("colour");
    assertThat(results.get(3).get("index").intValue()).isEqualTo(3);
    assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(2);
    server.scan(results.get(3).get("qpr_code"));
  }

  @Test
  void aThousandAreMadeAtOnceAndNotOneMore() {
    String thousand = codes(1_000);
    assertThat(server.json("POST", "/v1/qpr-codes/bulk", thousand).get("created").intValue())
        .isEqualTo(1_000);
    assertThat(server.send("POST", "/v1/qpr-codes/bulk", codes(1_001)).statusCode()).isEqualTo(400);
    assertThat(server.send("POST", "/v1/qpr-codes/bulk", "{\"codes\": []}").statusCode())
        .isEqualTo(400);
    assertThat(server.send("POST", "/v1/qpr-codes/bulk", "{\"codes\": [7]}").statusCode())
        .isEqualTo(400);
    assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(1_000);
  }

  private static String codes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"name\": \"n%d\", \"prompt\": \"p\"}".formatted(i))
        .collect(Collectors.joining(",", "{\"codes\": [", "]}"));
  }

  @Test
  void aRepeatedRequestIsDoneOnceAndAnsweredTheSame() {
    String body = "{\"name\": \"n\", \"prompt\": \"p\"}";
    HttpResponse<String> first = post("k-1", "/v1/qpr-codes", body);
    HttpResponse<String> again = post("k-1", "/v1/qpr-codes", body);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(1);

    assertThat(post("k-1", "/v1/qpr-codes", body.replace("p\"", "q\"")).statusCode())
        .isEqualTo(409);
    assertThat(post("k-1", "/v1/api-keys", "{\"name\": \"n\"}").statusCode()).isEqualTo(409);
    assertThat(post("k-2", "/v1/qpr-codes", body).body()).isNotEqualTo(first.body());
    assertThat(post("k 3", "/v1/qpr-codes", body).statusCode()).isEqualTo(400);
    assertThat(post("", "/v1/qpr-codes", body).statusCode()).isEqualTo(400);
    // What was refused is not remembered.
    assertThat(post("k-4", "/v1/qpr-codes", "{}").statusCode()).isEqualTo(400);
    assertThat(post("k-4", "/v1/qpr-codes", body).statusCode()).isEqualTo(200);
  }

  @Test
  void aRepeatedRequestIsKnownAfterARestart() {
    String body = "{\"name\": \"key\"}";
    HttpResponse<String> first = post("k-1", "/v1/api-keys", body);
    stop();
    start();
    assertThat(post("k-1", "/v1/api-keys", body).body()).isEqualTo(first.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"name\": null} | name",
        "{\"prompt\": \"  \"} | prompt",
        "{\"status\": \"deleted\"} | status",
        "{\"status\": null} | status",
        "{\"template\": \"zoo\"} | template",
        "{\"metadata\": []} | metadata",
        "{\"conversation_url\": \"ftp://x.example/\"} | conversation_url",
        "{\"short_id\": \"abcdef\"} | short_id",
        "{\"nmae\": \"x\"} | nmae",
      })
  void aWrongPatchChangesNothing(String body, String field) {
    JsonNode code = server.createCode("n");
    HttpResponse<String> answer = server.send("PATCH", "/v1/qpr-codes/" + id(code), body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestServer.parse(answer).get("errors").get(0).get("field").stringValue())
        .isEqualTo(field);
    assertThat(server.json("/v1/qpr-codes/" + id(code))).isEqualTo(code);
  }

  @Test
  void metadataIsNotPatchedBeyondItsLimits() {
    JsonNode code = server.createCode("n");
    String path = "/v1/qpr-codes/" + id(code);
    for (int i = 0; i < 5; i++) {
      String keys =
          IntStream.range(i * 10, i * 10 + 10)
              .mapToObj(k -> "\"k" + k + "\": 1")
              .collect(Collectors.joining(", "));
      server.json("PATCH", path, "{\"metadata\": {" + keys + "}}");
    }
    HttpResponse<String> answer = server.send("PATCH", path, "{\"metadata\": {\"k50\": 1}}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("at most 50 keys; got 51");
    assertThat(server.json(path).get("metadata").size()).isEqualTo(50);
  }

  private HttpResponse<String> post(String key, String path, String body) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private JsonNode patch(JsonNode code, String body) {
    return server.json("PATCH", "/v1/qpr-codes/" + id(code), body);
  }

  private static String id(JsonNode code) {
    return code.get("id").stringValue();
  }
}
