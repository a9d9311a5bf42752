package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// JSON as other people's libraries write it is taken for what it says.
class BodiesTest {

  private static final String EMOJI = "\uD83D\uDE00";

  @TempDir static Path directory;
  private static TestServer server;
  private static String code;
  private static String scan;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
    JsonNode created = server.createCode("n");
    code = created.get("id").stringValue();
    server.scan(created);
    scan = server.json("/v1/scans").get("scans").get(0).get("id").stringValue();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everySystemsLineBreakIsOne() {
    JsonNode made =
        server.json(
            "POST",
            "/v1/qpr-codes",
            "{\"name\":\"a\\r\\nb\\rc\\nd\\te\",\"prompt\":\"p\\r\\nq\",\"welcome_message\":\"\\r\"}");
    assertThat(made.get("name").stringValue()).isEqualTo("a\r\nb\rc\nd\te");
    assertThat(server.visit(made).statusCode()).isEqualTo(302);
  }

  @Test
  void anEmojiIsOneCharacter() {
    String most = EMOJI.repeat(200);
    JsonNode made = server.json("POST", "/v1/qpr-codes", named(most));
    assertThat(made.get("name").stringValue()).isEqualTo(most);
    HttpResponse<String> refused = server.send("POST", "/v1/qpr-codes", named(most + "x"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("at most 200 characters; got 201");

    String search = URLEncoder.encode(most, StandardCharsets.UTF_8);
    assertThat(server.json("/v1/qpr-codes?search=" + search).get("total").intValue()).isEqualTo(1);
    assertThat(server.get("/v1/qpr-codes?search=" + search + "x").statusCode()).isEqualTo(400);
    assertThat(server.json("/v1/scans?city=" + search).get("total").intValue()).isZero();
    assertThat(server.get("/v1/scans?city=" + search + "x").statusCode()).isEqualTo(400);
    assertThat(
            server
                .json(
                    "POST",
                    "/v1/ignore-rules",
                    "{\"agent_word\":\"abc\",\"name\":\"%s\"}".formatted(most))
                .get("name")
                .stringValue())
        .isEqualTo(most);
    assertThat(server.json("POST", "/v1/api-keys", "{\"name\":\"%s\"}".formatted(most)).has("key"))
        .isTrue();
  }

  @Test
  void emojiInFilesAreCountedLikewise() {
    String id = EMOJI.repeat(100);
    JsonNode report = imported(line(id, ",\"city\":\"%s\"".formatted(EMOJI.repeat(200))));
    assertThat(report.get("imported").intValue()).as(report.toString()).isEqualTo(1);
    String path = "/v1/scans/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    assertThat(server.json(path).get("id").stringValue()).isEqualTo(id);
    assertThat(imported(line(id + "x", "")).get("failed").intValue()).isEqualTo(1);
  }

  @Test
  void parametersOfAScanUrlAreCountedLikewise() {
    JsonNode made = server.createCode("with parameters");
    String value = URLEncoder.encode(EMOJI.repeat(100), StandardCharsets.UTF_8);
    HttpResponse<String> visit =
        server.send(
            HttpRequest.newBuilder(
                    URI.create(
                        server.url()
                            + "/s/"
                            + made.get("short_id").stringValue()
                            + "?where="
                            + value
                            + "x"))
                .header("User-Agent", UserAgents.IPHONE));
    assertThat(visit.statusCode()).isEqualTo(302);
    assertThat(server.json("/v1/scans?params.where=" + value).get("total").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1.10,\"a\":1}",
        "{\"n\":1e400,\"m\":-1E-400}",
        "{\"n\":123456789012345678901234567890.123456789012345678901234567890}",
        "{\"n\":[-0,-0.0,0.10,1e5,1E+5,100000000000000000000000]}",
        "{\"z\":{\"y\":[1.0,{\"x\":2.50}]},\"a\":null,\"1\":true}",
      })
  void metadataStaysAsItCame(String metadata) {
    String body = "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":%s}".formatted(metadata);
    HttpResponse<String> made = server.send("POST", "/v1/qpr-codes", body);
    assertThat(made.body()).contains("\"metadata\":" + metadata);
    String path = "/v1/qpr-codes/" + TestServer.parse(made).get("id").stringValue();
    assertThat(server.get(path).body()).contains("\"metadata\":" + metadata);

    String more = "{\"metadata\":{\"more\":7.00}}";
    String both = metadata.substring(0, metadata.length() - 1) + ",\"more\":7.00}";
    assertThat(server.send("PATCH", path, more).body()).contains("\"metadata\":" + both);
    server.scan(TestServer.parse(made));
    assertThat(server.get("/v1/scans?limit=1").body()).contains("\"metadata\":" + both);

    assertThat(server.send("POST", "/v1/qpr-codes/bulk", "{\"codes\":[" + body + "]}").body())
        .contains("\"metadata\":" + metadata);
    String id = "m" + metadata.hashCode();
    assertThat(imported(line(id, ",\"metadata\":" + metadata)).get("imported").intValue())
        .isEqualTo(1);
    assertThat(server.get("/v1/scans/" + id).body()).contains("\"metadata\":" + metadata);
    String csv =
        "id,qpr_code_id,scanned_at,metadata\nc%s,%s,2026-01-01,\"%s\"\n"
            .formatted(id, code, metadata.replace("\"", "\"\""));
    assertThat(imported("text/csv", csv).get("imported").intValue()).isEqualTo(1);
    assertThat(server.get("/v1/scans/c" + id).body()).contains("\"metadata\":" + metadata);
  }

  @Test
  void anExponentThatNobodyCanHoldIsRefused() {
    HttpResponse<String> refused =
        server.send(
            "POST",
            "/v1/qpr-codes",
            "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":{\"n\":1e99999999999}}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("exponent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "6.0", "6e0", "60E-1", "0.6e1", "6.000"})
  void anIntegerMayHaveAFractionOfZero(String six) {
    JsonNode reported =
        server.json(
            "PUT",
            "/v1/scans/" + scan + "/conversation",
            "{\"messages\":%s,\"status\":\"open\"}".formatted(six));
    assertThat(reported.get("conversation_messages").intValue()).isEqualTo(6);
    assertThat(
            server
                .json("PATCH", "/v1/account", "{\"retention_days\":%s}".formatted(six))
                .get("retention_days")
                .intValue())
        .isEqualTo(6);
    server.json("PATCH", "/v1/account", "{\"retention_days\":null}");
    String id = "messages-" + six;
    imported(line(id, ",\"conversation_messages\":" + six));
    assertThat(server.json("/v1/scans/" + id).get("conversation_messages").intValue()).isEqualTo(6);
  }

  @Test
  void aBodyWithinAllLimitsIsTakenHoweverItIsEscaped() {
    String body =
        "{\"name\":\"%s\",\"prompt\":\"%s\",\"welcome_message\":\"%s\",\"metadata\":{\"a\":\"%s\"}}"
            .formatted(
                escaped(EMOJI, 200),
                escaped(EMOJI, 20_000),
                escaped("ж", 2_000),
                escaped("a", 8_000));
    JsonNode made = server.json("POST", "/v1/qpr-codes", body);
    assertThat(made.get("name").stringValue()).isEqualTo(EMOJI.repeat(200));
    String line =
        line(
            "all-escaped",
            ",\"metadata\":{\"a\":\"%s\"},\"city\":\"%s\",\"details\":{\"params\":{%s}}"
                .formatted(escaped("b", 8_000), escaped(EMOJI, 200), tenParameters()));
    JsonNode report = imported(line);
    assertThat(report.get("imported").intValue()).as(report.toString()).isEqualTo(1);
  }

  private static String tenParameters() {
    var params = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      params
          .append(i == 0 ? "" : ",")
          .append("\"%s%d\":\"%s\"".formatted(escaped(EMOJI, 99), i, escaped(EMOJI, 100)));
    }
    return params.toString();
  }

  private static String escaped(String character, int times) {
    var escaped = new StringBuilder();
    character.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return escaped.toString().repeat(times);
  }

  private static String named(String name) {
    return "{\"name\":\"%s\",\"prompt\":\"p\"}".formatted(name);
  }

  private static String line(String id, String more) {
    return "{\"id\":\"%s\",\"qpr_code_id\":\"%s\",\"scanned_at\":\"2026-01-01\"%s}\n"
        .formatted(id, code, more);
  }

  private static JsonNode imported(String lines) {
    return imported("application/x-ndjson", lines);
  }

  private static JsonNode imported(String type, String lines) {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/v1/scans/import")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(lines)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.parse(answer);
  }
}
