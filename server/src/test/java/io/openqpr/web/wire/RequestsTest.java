package io.openqpr.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a request begins and ends, and how its answer says where it ends.
@TestInstance(Lifecycle.PER_CLASS)
class RequestsTest {

  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

  private EchoServer server;

  @BeforeAll
  void start() throws IOException {
    server = new EchoServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void requestsSentAheadAreAnsweredInTurn() throws IOException {
    try (var socket = server.connect()) {
      socket.send(
          "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
              + "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2;x=y\r\ntw\r\n01\r\no\r\n0\r\nTrailer: t\r\n\r\n"
              + "GET /c?d HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(socket.answer()).endsWith("POST /a ? null [one]");
      assertThat(socket.answer()).endsWith("POST /b ? null [two]");
      assertThat(socket.answer()).endsWith("GET /c ? d []");
    }
  }

  @Test
  void aRequestMayComeByteByByte() throws IOException {
    try (var socket = server.connect()) {
      for (char c :
          "\r\nPOST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n"
              .toCharArray()) {
        socket.send(String.valueOf(c));
      }
      assertThat(socket.answer()).endsWith("POST /a ? null [one]");
    }
  }

  @Test
  void aWholeUrlMeansItsPath() throws IOException {
    try (var socket = server.connect()) {
      assertThat(ask(socket, "GET http://a.example:80/b?c HTTP/1.1")).endsWith("GET /b ? c []");
      assertThat(ask(socket, "GET HTTPS://a.example?c HTTP/1.1")).endsWith("GET / ? c []");
      assertThat(ask(socket, "GET http://a.example HTTP/1.1")).endsWith("GET / ? null []");
    }
  }

  @Test
  void bytesBeyondAsciiAreTakenAsIfEscaped() throws IOException {
    try (var socket = server.connect()) {
      assertThat(ask(socket, "GET /ü?q=é HTTP/1.1")).endsWith("GET /%C3%BC ? q=%C3%A9 []");
    }
  }

  @Test
  void anOldClientIsAnsweredAndLeft() throws IOException {
    try (var socket = server.connect()) {
      String all = socket.send("GET /a HTTP/1.0\r\n\r\n").rest();
      assertThat(all).startsWith("HTTP/1.1 200").contains("Connection: close").endsWith("[]");
    }
    try (var socket = server.connect()) {
      assertThat(socket.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").rest())
          .doesNotContain("chunked")
          .contains("Connection: close")
          .endsWith("\r\n\r\nwhole");
    }
  }

  @Test
  void anOldClientThatAsksForItStays() throws IOException {
    try (var socket = server.connect()) {
      for (int i = 0; i < 2; i++) {
        socket.send("GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        assertThat(socket.answer()).contains("Connection: keep-alive").endsWith("[]");
      }
    }
  }

  @Test
  void whoWantsToCloseIsLeftAtOnce() throws IOException {
    try (var socket = server.connect()) {
      socket.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: te, Close\r\n\r\n" + HIDDEN);
      assertThat(socket.rest()).contains("Connection: close").endsWith("GET /a ? null []");
    }
  }

  @Test
  void lengthsAreOnlySaidWhereTheyAreTrue() throws IOException {
    try (var socket = server.connect()) {
      assertThat(ask(socket, "GET /nothing HTTP/1.1")).doesNotContain("Content-Length");
      assertThat(ask(socket, "GET /same HTTP/1.1")).doesNotContain("Content-Length");
      socket.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(socket.head()).contains("Content-Length: 17\r\n");
      assertThat(ask(socket, "GET /a HTTP/1.1")).contains("Content-Length: 16\r\n");
    }
  }

  @Test
  void aBodyIsAskedForOnlyWhenItIsWanted() throws IOException {
    String expecting = " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n";
    try (var socket = server.connect()) {
      socket.send("POST /a" + expecting);
      assertThat(socket.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(socket.send("one").answer()).endsWith("[one]");
      // Who did not wait is not asked.
      assertThat(socket.send("POST /a" + expecting + "two").answer()).startsWith("HTTP/1.1 200");
    }
    try (var socket = server.connect()) {
      assertThat(socket.send("POST /unread" + expecting + HIDDEN).rest())
          .startsWith("HTTP/1.1 404")
          .contains("Connection: close")
          .containsOnlyOnce("HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 40\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n30\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void whatFollowsAnUnreadBodyIsNoRequest(String body) throws IOException {
    try (var socket = server.connect()) {
      socket.send("POST /unread HTTP/1.1\r\nHost: x\r\n" + body + HIDDEN);
      assertThat(socket.rest())
          .startsWith("HTTP/1.1 404")
          .contains("Connection: close")
          .containsOnlyOnce("HTTP/1.1")
          .doesNotContain("hidden");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a\r\n\r\n",
        "GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /a HTTP/1.1\r\n\r\n",
        "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a http/1.1\r\nHost: x\r\n\r\n",
        " GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a HTTP/1.1\nHost: x\n\n",
        "GET /a HTTP/1.1\r\nHost: x\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\rY: z\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nFolded: a\r\n b\r\n\r\n",
        "GET /a HTTP/1.1\r\n Host: x\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nY: \u0000\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n\r\na",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\na",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\na",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void whatCouldBeReadInTwoWaysIsRefusedAndTheConnectionEnds(String request) throws IOException {
    try (var socket = server.connect()) {
      assertThat(socket.send(request + HIDDEN).rest())
          .startsWith("HTTP/1.1 400")
          .contains("Connection: close")
          .containsOnlyOnce("HTTP/1.1")
          .doesNotContain("hidden");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "\r\n",
        "-1\r\na\r\n",
        "+1\r\na\r\n",
        "0x1\r\na\r\n",
        "1\na\r\n",
        "1 2\n\r\na\r\n",
        "1\r\na0\r\n",
        "1\r\nab\r\n",
        "1\r\na\n0\r\n\r\n",
        "1;\u0000\r\na\r\n",
        "1;x\ny\r\na\r\n",
        "1;x=\r y\r\na\r\n",
        "1x\r\na\r\n",
        "FFFFFFFFFFFFFFFF1\r\na\r\n",
        "0\r\nTrailer: \n\r\n",
      })
  void crookedChunksBreakTheConnectionOff(String chunks) throws IOException {
    try (var socket = server.connect()) {
      socket.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      socket.send(chunks + "0\r\n\r\n" + HIDDEN);
      assertThat(whole(socket)).doesNotContain("hidden").doesNotContain("200");
    }
  }

  @Test
  void aChunksEndlessExtensionIsNotReadToItsEnd() throws IOException {
    try (var socket = server.connect()) {
      socket.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      socket.send("1;" + "x".repeat(300) + "\r\na\r\n0\r\n\r\n" + HIDDEN);
      assertThat(whole(socket)).doesNotContain("hidden").doesNotContain("200");
    }
  }

  @Test
  void longHeadersOfProxiesFitAndLongerOnesAreRefused() throws IOException {
    String chain = "203.0.113.7, ".repeat(1_600);
    try (var socket = server.connect()) {
      assertThat(ask(socket, "GET /a HTTP/1.1\r\nX-Forwarded-For: " + chain))
          .startsWith("HTTP/1.1 200");
    }
    try (var socket = server.connect()) {
      socket.send("GET /a HTTP/1.1\r\nX: " + chain + chain + "\r\n\r\n");
      assertThat(socket.rest()).startsWith("HTTP/1.1 400").endsWith("HEADERS_TOO_LONG");
    }
    try (var socket = server.connect()) {
      socket.send("GET /a HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(101) + "\r\n");
      assertThat(socket.rest()).startsWith("HTTP/1.1 400").endsWith("HEADERS_TOO_LONG");
    }
    try (var socket = server.connect()) {
      socket.send("GET /" + "a".repeat(9_000));
      assertThat(socket.rest()).startsWith("HTTP/1.1 400").endsWith("LINE_TOO_LONG");
    }
  }

  @Test
  void anAnswerThatBreaksOffDoesNotPassForWhole() throws IOException {
    try (var socket = server.connect()) {
      socket.send("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(whole(socket)).doesNotContain("\r\n0\r\n");
    }
  }

  private static String ask(RawSocket socket, String request) throws IOException {
    return socket.send(request + "\r\nHost: x\r\n\r\n").answer();
  }

  /// A connection that breaks counts as its end.
  private static String whole(RawSocket socket) {
    try {
      return socket.rest();
    } catch (java.net.SocketException e) {
      return "";
    } catch (IOException e) {
      throw new AssertionError("the connection stays", e);
    }
  }
}
