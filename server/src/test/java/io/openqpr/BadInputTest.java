package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever is wrong with a request, its answer is a problem that names the field and what is
/// right, and nothing has changed.
class BadInputTest {

  private static final String LONG = "9".repeat(3_000);

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

  @AfterEach
  void nothingHasChanged() {
    assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(1);
    JsonNode scans = server.json("/v1/scans");
    assertThat(scans.get("total").intValue()).isEqualTo(1);
    assertThat(scans.get("scans").get(0).get("conversation_started").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | limit | from 1 to 200; got `0`",
        "limit=201 | limit | from 1 to 200; got `201`",
        "limit=-5 | limit | got `-5`",
        "limit=abc | limit | got `abc`",
        "limit=1.5 | limit | got `1.5`",
        "limit=1e2 | limit | got `1e2`",
        "limit=+5 | limit | got ` 5`",
        "limit=%2B5 | limit | got `+5`",
        "limit= | limit | is empty",
        "limit | limit | is empty",
        "limit=5&limit=5 | limit | given 2 times",
        "limit=99999999999999999999 | limit | must be a whole number",
        "limit=%D9%A5 | limit | must be a whole number",
        "offset=-1 | offset | 0 or more; got `-1`",
        "offset=x | offset | got `x`",
        "offset=9223372036854775808 | offset | 0 or more",
        "since=yesterday | since | such as 2026-03-20T15:30:00Z",
        "since=2026-03-20T15:30:00 | since | with its offset",
        "since=2026-02-30 | since | got `2026-02-30`",
        "until=1774020600 | until | got `1774020600`",
        "until=2026-03-20T25:00:00Z | until | got",
        "until=%2B999999999-01-01T00:00:00Z | until | got",
        "since=2026-03-20&until=2026-03-20 | since | must be before `until`",
        "since=2026-03-21&until=2026-03-20 | since | must be before `until`",
        "cursor=nonsense | cursor | `next_cursor`",
        "cursor= | cursor | is empty",
        "cursor=MTp4OnNjYW5f | cursor | `next_cursor`",
        "cursor=MTowOnNjYW5f&offset=0 | offset | together with `cursor`",
        "qpr_code_id= | qpr_code_id | is empty",
        "qpr_code_id=a&qpr_code_id=b | qpr_code_id | given 2 times",
        "ofset=1 | ofset | did you mean `offset`?",
        "code=x | code | is not known here",
        "%6Cimit=0 | limit | got `0`",
        "limit=%FF | limit | UTF-8",
        "limit=%C3%28 | limit | UTF-8",
        "limit=5%00 | limit | control characters",
        "limit=5%0A | limit | control characters",
        "limit=%ZZ | limit | two hex digits",
        "limit=% | limit | two hex digits",
        "=5 | '' | is not known here",
      })
  void aListsParametersAreStrict(String query, String field, String message) throws IOException {
    // A raw socket: clients refuse to send some of these.
    String answer =
        raw(
            "GET /v1/scans?%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(query, TestServer.KEY));
    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertError(answer.substring(answer.indexOf("\r\n\r\n")), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "period=1d | period | must be one of 7d, 30d, 90d, all; got `1d`",
        "period=30D | period | got `30D`",
        "period= | period | is empty",
        "period=7d&period=7d | period | given 2 times",
        "granularity=minute | granularity | must be one of hour, day, week",
        "timezone=Mars/Olympus | timezone | IANA time zone",
        "timezone=Europe/Berln | timezone | did you mean `Europe/Berlin`?",
        "timezone=%2B02:00 | timezone | IANA",
        "tz=UTC | tz | is not known here",
        "perod=7d | perod | did you mean `period`?",
        "limit=5 | limit | is not known here",
      })
  void analyticsParametersAreStrict(String query, String field, String message) {
    assertBadRequest(server.get("/v1/qpr-codes/" + code + "/analytics?" + query), field, message);
    assertBadRequest(server.get("/v1/analytics?" + query), field, message);
  }

  @Test
  void anAbsurdlyLongValueIsCutInTheMessage() {
    HttpResponse<String> answer = server.get("/v1/scans?limit=" + LONG);

    assertBadRequest(answer, "limit", "…");
    assertThat(answer.body().length()).isLessThan(1_000);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    JsonNode problem =
        TestServer.parse(server.get("/v1/scans?limit=0&offset=-1&since=x&until=y&foo=1"));

    assertThat(problem.get("errors")).hasSize(5);
  }

  @Test
  void routesWithoutParametersTakeNone() {
    assertBadRequest(server.get("/v1/scans/" + scan + "?x=1"), "x", "not known");
    assertBadRequest(server.get("/v1/qpr-codes/" + code + "?x=1"), "x", "not known");
    assertBadRequest(
        server.send("POST", "/v1/qpr-codes?x=1", "{\"name\":\"n\",\"prompt\":\"p\"}"),
        "x",
        "not known");
    assertBadRequest(
        server.send(
            "PUT",
            "/v1/scans/" + scan + "/conversation?x=1",
            "{\"messages\":1,\"status\":\"open\"}"),
        "x",
        "not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "qpr_01HXYZ789ABC", "%F0%9F%98%80", "a%20b", "'%20or%201=1%20--"})
  void whatIsNotTheAccountsIsNotFound(String encoded) {
    assertProblem(server.get("/v1/qpr-codes/" + encoded), 404, "not-found");
    assertProblem(server.get("/v1/qpr-codes/" + encoded + "/analytics"), 404, "not-found");
    assertProblem(server.get("/v1/scans/" + encoded), 404, "not-found");
    assertProblem(server.get("/v1/scans?qpr_code_id=" + encoded), 404, "not-found");
    assertProblem(server.get("/v1/scans/" + LONG), 404, "not-found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name | is missing",
        "{\"name\":\"\",\"prompt\":\"p\"} | name | must not be blank",
        "{\"name\":\"  \",\"prompt\":\"p\"} | name | must not be blank",
        "{\"name\":null,\"prompt\":\"p\"} | name | is missing",
        "{\"name\":5,\"prompt\":\"p\"} | name | must be a text; got the number `5`",
        "{\"name\":[\"n\"],\"prompt\":\"p\"} | name | got an array",
        "{\"name\":\"n\"} | prompt | is missing",
        "{\"name\":\"n\\u0000\",\"prompt\":\"p\"} | name | control characters",
        "{\"name\":\"n\\ud800\",\"prompt\":\"p\"} | name | surrogate",
        "{\"name\":\"n\",\"prompt\":\"p\",\"template\":\"zoo\"} | template | must be one of business",
        "{\"name\":\"n\",\"prompt\":\"p\",\"template\":\"Business\"} | template | must be one of",
        "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":[]} | metadata | must be a JSON object",
        "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":\"{}\"} | metadata | got the text",
        "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":{\"a\":\"\\udc00\"}} | metadata | surrogate",
        "{\"name\":\"n\",\"prompt\":\"p\",\"nmae\":1} | nmae | did you mean `name`?",
        "{\"name\":\"n\",\"prompt\":\"p\",\"conversation_url\":\"ftp://x/\"} | conversation_url | http or https",
        "{\"name\":\"n\",\"prompt\":\"p\",\"conversation_url\":\"/relative\"} | conversation_url | http or https",
        "{\"name\":\"n\",\"prompt\":\"p\",\"conversation_url\":\"http://x/{what}\"} | conversation_url | placeholders",
        "{\"name\":\"n\",\"prompt\":\"p\",\"conversation_url\":\"http://x/\\r\\nSet-Cookie: a\"} | conversation_url | control",
        "{\"name\":\"n\",\"name\":\"m\",\"prompt\":\"p\"} | body | at line 1",
        "{\"name\":\"n\",\"prompt\":} | body | at line 1, column",
        "{\"name\":\"n\" | body | at line 1",
        "[] | body | must be a JSON object; got an array",
        "\"text\" | body | must be a JSON object",
        "null | body | must be a JSON object; got null",
        "{\"name\":\"n\",\"prompt\":\"p\"} trailing | body | must be JSON",
      })
  void aCodesBodyIsStrict(String body, String field, String message) {
    assertBadRequest(server.send("POST", "/v1/qpr-codes", body), field, message);
  }

  @Test
  void limitsOfACodesFieldsAreTold() {
    assertBadRequest(
        server.send(
            "POST",
            "/v1/qpr-codes",
            "{\"name\":\"%s\",\"prompt\":\"p\"}".formatted("x".repeat(201))),
        "name",
        "at most 200 characters; got 201");
    assertBadRequest(
        server.send(
            "POST",
            "/v1/qpr-codes",
            "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":{\"a\":\"%s\"}}"
                .formatted("x".repeat(9_000))),
        "metadata",
        "at most 8192 bytes");
    var keys = new StringBuilder();
    for (int i = 0; i < 51; i++) {
      keys.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }
    assertBadRequest(
        server.send(
            "POST",
            "/v1/qpr-codes",
            "{\"name\":\"n\",\"prompt\":\"p\",\"metadata\":{%s}}".formatted(keys)),
        "metadata",
        "at most 50 keys; got 51");
    assertBadRequest(
        server.send("POST", "/v1/qpr-codes", "{\"metadata\":" + "[".repeat(1_000)),
        "body",
        "must be JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\":\"open\"} | messages | is missing",
        "{\"messages\":1} | status | is missing",
        "{\"messages\":-1,\"status\":\"open\"} | messages | from 0 to 1000000; got the number `-1`",
        "{\"messages\":1.5,\"status\":\"open\"} | messages | got the number `1.5`",
        "{\"messages\":1e99,\"status\":\"open\"} | messages | whole number",
        "{\"messages\":99999999999999999999999,\"status\":\"open\"} | messages | whole number",
        "{\"messages\":\"6\",\"status\":\"open\"} | messages | got the text `6`",
        "{\"messages\":true,\"status\":\"open\"} | messages | got true",
        "{\"messages\":6,\"status\":\"done\"} | status | must be one of open, completed; got the text `done`",
        "{\"messages\":6,\"status\":\"open\",\"extra\":1} | extra | is not known here",
      })
  void aConversationReportIsStrict(String body, String field, String message) {
    assertBadRequest(
        server.send("PUT", "/v1/scans/" + scan + "/conversation", body), field, message);
  }

  @Test
  void aBodyMustBeUtf8JsonAndNotTooLarge() {
    var latin1 =
        server
            .request("/v1/qpr-codes")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
    assertBadRequest(server.send(latin1), "body", "must be UTF-8");

    var form =
        server
            .request("/v1/qpr-codes")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("name=n"));
    assertProblem(server.send(form), 415, "unsupported-media-type");
    assertProblem(
        server.send(
            server.request("/v1/qpr-codes").POST(HttpRequest.BodyPublishers.ofString("{}"))),
        415,
        "unsupported-media-type");

    assertProblem(server.send("POST", "/v1/qpr-codes", " ".repeat(10_000_000)), 413, "too-large");
    assertBadRequest(server.send("POST", "/v1/qpr-codes", ""), "body", "must be");
  }

  @Test
  void withoutAGoodKeyNothingIsTold() {
    for (String key : new String[] {"", "Bearer", "Bearer wrong", "Basic dGVzdA==", "test-key"}) {
      var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/scans"));
      if (!key.isEmpty()) {
        request.header("Authorization", key);
      }
      HttpResponse<String> answer = server.send(request);
      assertProblem(answer, 401, "unauthorized");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void unknownPathsAndWrongMethodsAreProblems() {
    for (String path :
        new String[] {"/", "/v1", "/v1/scan", "/v1/scans/", "//v1/scans", "/v1/scans/a/b/c"}) {
      assertProblem(server.get(path), 404, "not-found");
    }
    HttpResponse<String> answer = server.send("DELETE", "/v1/scans", "");
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    assertProblem(server.send("BREW", "/v1/scans", ""), 405, "method-not-allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /s/%ff HTTP/1.1 | 400",
        "GET /s/%zz HTTP/1.1 | 400",
        "POST /v1/qpr-codes HTTP/1.1~Content-Length: -5 | 400",
        "POST /v1/qpr-codes HTTP/1.1~Content-Length: x | 400",
        "GET /v1/scans HTTP/1.1~Bad Header: x | 400",
      })
  void garbageOnTheWireIsAnsweredAsAProblem(String request, String status) throws IOException {
    String answer = raw(request.replace("~", "\r\nHost: x\r\n") + "\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
    assertThat(answer).doesNotContain("helidon").doesNotContain("Exception");
  }

  @Test
  void tooLongLinesAndHeadersAreRefused() throws IOException {
    assertThat(raw("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("/problems/uri-too-long");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("/problems/bad-request");
  }

  private static String raw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      // Problems fit one segment, and not every one of these answers closes the connection.
      byte[] buffer = new byte[8_192];
      int n = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(0, n), StandardCharsets.UTF_8);
    }
  }

  private static void assertBadRequest(HttpResponse<String> answer, String field, String message) {
    assertProblem(answer, 400, "bad-request");
    assertError(answer.body(), field, message);
  }

  private static void assertError(String body, String field, String message) {
    JsonNode errors = TestServer.parse(body).get("errors");
    assertThat(errors).as(body).isNotNull();
    assertThat(errors)
        .as(body)
        .anySatisfy(error -> {
          assertThat(error.get("field").stringValue()).isEqualTo(field);
          assertThat(error.get("message").stringValue()).contains(message);
        });
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = TestServer.parse(answer);
    assertThat(problem.get("type").stringValue()).isEqualTo("/problems/" + type);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
  }
}
