package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whatever is wrong with a request, its answer is a problem that names the field and what is
/// right, and nothing has changed: the server has one code and one scan of it all along.
@TestInstance(Lifecycle.PER_CLASS)
abstract class BadInput {

  /// Too long for whatever is asked.
  static final String LONG = "9".repeat(3_000);

  TestServer server;
  String code;
  String scan;

  @BeforeAll
  final void start(@TempDir Path directory) {
    server = TestServer.in(directory);
    JsonNode created = server.createCode("n");
    code = created.get("id").stringValue();
    server.scan(created);
    scan = server.json("/v1/scans").get("scans").get(0).get("id").stringValue();
  }

  @AfterAll
  final void stop() {
    server.close();
  }

  @AfterEach
  final void nothingHasChanged() {
    assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(1);
    JsonNode scans = server.json("/v1/scans");
    assertThat(scans.get("total").intValue()).isEqualTo(1);
    assertThat(scans.get("scans").get(0).get("conversation_started").booleanValue()).isFalse();
  }

  String raw(String request) throws IOException {
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

  static void assertBadRequest(HttpResponse<String> answer, String field, String message) {
    assertProblem(answer, 400, "bad-request");
    assertError(answer.body(), field, message);
  }

  static void assertError(String body, String field, String message) {
    JsonNode errors = TestServer.parse(body).get("errors");
    assertThat(errors).as(body).isNotNull();
    assertThat(errors)
        .as(body)
        .anySatisfy(error -> {
          assertThat(error.get("field").stringValue()).isEqualTo(field);
          assertThat(error.get("message").stringValue()).contains(message);
        });
  }

  static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = TestServer.parse(answer);
    assertThat(problem.get("type").stringValue()).isEqualTo("/problems/" + type);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
  }
}
