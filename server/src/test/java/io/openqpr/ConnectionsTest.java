package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.web.wire.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the real server says on a connection, and what may follow there.
@TestInstance(Lifecycle.PER_CLASS)
class ConnectionsTest {

  private static final String HIDDEN = "DELETE /v1/logo HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String KEY = "Host: x\r\nAuthorization: Bearer test-key\r\n";
  private static final String NEW_CODE = "{\"name\":\"n\",\"prompt\":\"p\"}";

  private TestServer server;
  private JsonNode code;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = TestServer.in(directory);
    code = server.createCode("n");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /v1/nope| |404",
        "POST /v1/scans| |405",
        "POST /v1/qpr-codes|Authorization: Bearer wrong-key-of-somebody|401",
        "POST /v1/qpr-codes|Content-Type: text/plain|415",
        "POST /v1/qpr-codes|Content-Type: application/json~Content-Encoding: br|415",
        "POST /v1/qpr-codes?x=y|Content-Type: application/json|400",
        "POST /v1/scans/import|Content-Type: text/plain|415",
        "GET /v1/scans?limit=x| |400",
        "GET /v1/scans| |200",
        "POST /v1/qpr-codes|Content-Type: application/json~Expect: 100-continue~X: y|413",
        "POST /v1/nope|Expect: 100-continue|404",
      })
  void nothingFollowsABodyThatWasNotRead(String line, String headers, String status)
      throws IOException {
    int length = status.equals("413") ? 100_000_000 : HIDDEN.length();
    try (var socket = new RawSocket(server.port())) {
      socket.send(line + " HTTP/1.1\r\nHost: x\r\n");
      if (headers == null || !headers.startsWith("Authorization")) {
        socket.send("Authorization: Bearer " + TestServer.KEY + "\r\n");
      }
      if (headers != null) {
        socket.send(headers.replace("~", "\r\n") + "\r\n");
      }
      socket.send("Content-Length: " + length + "\r\n\r\n" + HIDDEN);

      assertThat(socket.rest())
          .startsWith("HTTP/1.1 " + status)
          .contains("\r\nConnection: close\r\n")
          .containsOnlyOnce("HTTP/1.1 ");
    }
  }

  @Test
  void aBodyThatWasReadLeavesTheConnectionOpen() throws IOException {
    try (var socket = new RawSocket(server.port())) {
      for (int i = 0; i < 2; i++) {
        socket.send(
            "POST /v1/qpr-codes HTTP/1.1\r\nContent-Type: application/json\r\n"
                + KEY
                + "Content-Length: 2\r\n\r\n{}");
        assertThat(socket.answer()).startsWith("HTTP/1.1 400").doesNotContain("Connection:");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "Gzip", "x-gzip", "X-GZip"})
  void gzipIsTakenInAnyCaseOfItsLetters(String encoding) throws IOException {
    assertThat(posted(encoding, gzip(NEW_CODE.getBytes(StandardCharsets.UTF_8))).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "deflate", "gzip, gzip", "gzip, br", "GZIPPED", ";"})
  void otherEncodingsAreRefusedWithTheOneThatIsTaken(String encoding) {
    HttpResponse<String> answer = posted(encoding, NEW_CODE.getBytes(StandardCharsets.UTF_8));

    BadInput.assertProblem(answer, 415, "unsupported-media-type");
    assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("gzip");
    assertThat(answer.body()).contains("gzip").contains(encoding);
  }

  @Test
  void whatUnpacksToTooMuchIsRefused() throws IOException {
    BadInput.assertProblem(posted("gzip", gzip(new byte[50_000_000])), 413, "too-large");
  }

  private HttpResponse<String> posted(String encoding, byte[] body) {
    return server.send(
        server
            .request("/v1/qpr-codes")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void headAndNotModifiedSayNoWrongLength() throws IOException {
    String path = "/qr/" + code.get("short_id").stringValue() + ".png";
    try (var socket = new RawSocket(server.port())) {
      String head = socket.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").head();
      String get =
          socket.send("GET " + path + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").head();
      assertThat(line(head, "Content-Length")).isEqualTo(line(get, "Content-Length"));
      assertThat(line(head, "ETag")).isEqualTo(line(get, "ETag"));
    }
    try (var socket = new RawSocket(server.port())) {
      String tag = socket.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").head();
      socket.send(
          "GET "
              + path
              + " HTTP/1.1\r\nHost: x\r\nIf-None-Match: "
              + line(tag, "ETag")
              + "\r\n\r\n");
      assertThat(socket.head()).startsWith("HTTP/1.1 304").doesNotContain("Content-Length");
      socket.send("HEAD /v1/scans/export HTTP/1.1\r\n" + KEY + "\r\n");
      assertThat(socket.head()).startsWith("HTTP/1.1 200").doesNotContain("Content-Length");
      socket.send("OPTIONS /v1/scans HTTP/1.1\r\n" + KEY + "\r\n");
      assertThat(socket.head()).startsWith("HTTP/1.1 204").doesNotContain("Content-Length");
    }
  }

  private static String line(String head, String name) {
    int from = head.indexOf("\r\n" + name + ": ");
    assertThat(from).as(head).isPositive();
    return head.substring(from + name.length() + 4, head.indexOf("\r\n", from + 2));
  }

  @Test
  void aScansParametersMayBeRawUtf8AndItsUrlWhole() throws IOException {
    String path = "/s/" + code.get("short_id").stringValue() + "?utm_source=Café-日本";
    try (var socket = new RawSocket(server.port())) {
      socket.send("GET http://qpr.example" + path + " HTTP/1.1\r\nHost: qpr.example\r\n");
      socket.send("User-Agent: " + UserAgents.IPHONE + "\r\nAccept-Language: de\r\n\r\n");
      assertThat(socket.head()).startsWith("HTTP/1.1 302");
    }
    JsonNode params = server.json("/v1/scans?expand=details").at("/scans/0/details/params");
    assertThat(params.get("utm_source").stringValue()).isEqualTo("Café-日本");
    assertThat(
            server
                .json("/v1/scans?params.utm_source=Caf%C3%A9-%E6%97%A5%E6%9C%AC")
                .get("total")
                .intValue())
        .isPositive();
  }

  @Test
  void whatIsNoRequestIsToldAsAProblem() throws IOException {
    try (var socket = new RawSocket(server.port())) {
      assertThat(socket.send("GET / HTTP/1.1\r\nHost: x\r\nExpect: more\r\n\r\n").rest())
          .startsWith("HTTP/1.1 417")
          .contains("/problems/expectation-failed");
    }
    try (var socket = new RawSocket(server.port())) {
      assertThat(socket.send("GET / HTTP/3.0\r\nHost: x\r\n\r\n").rest())
          .startsWith("HTTP/1.1 505")
          .contains("/problems/version-not-supported");
    }
  }
}
