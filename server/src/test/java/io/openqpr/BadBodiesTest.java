package io.openqpr;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies that are no JSON, too large, or of wrong fields.
class BadBodiesTest extends BadInput {

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
}
