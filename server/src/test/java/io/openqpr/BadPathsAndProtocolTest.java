package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, methods, keys and bytes on the wire that are wrong.
class BadPathsAndProtocolTest extends BadInput {

  @ParameterizedTest
  @ValueSource(strings = {"nope", "qpr_01HXYZ789ABC", "%F0%9F%98%80", "a%20b", "'%20or%201=1%20--"})
  void whatIsNotTheAccountsIsNotFound(String encoded) {
    assertProblem(server.get("/v1/qpr-codes/" + encoded), 404, "not-found");
    assertProblem(server.get("/v1/qpr-codes/" + encoded + "/analytics"), 404, "not-found");
    assertProblem(server.get("/v1/scans/" + encoded), 404, "not-found");
    assertProblem(server.get("/v1/scans?qpr_code_id=" + encoded), 404, "not-found");
    assertProblem(server.get("/v1/scans/" + LONG), 404, "not-found");
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
    assertThat(answer).doesNotContain("Exception");
  }

  @Test
  void tooLongLinesAndHeadersAreRefused() throws IOException {
    assertThat(raw("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("/problems/uri-too-long");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("/problems/headers-too-large");
  }
}
