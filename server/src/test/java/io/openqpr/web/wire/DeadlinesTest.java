package io.openqpr.web.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nobody is waited for without end, and nobody who waits keeps others out.
class DeadlinesTest {

  @ParameterizedTest
  @CsvSource({
    "'', first_request",
    "'GET / HTT', head",
    "'GET / HTTP/1.1\r\nHost: x\r\n', head",
    "'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf', body",
    "'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf', body",
    "'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5', body",
    "'POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf', none",
  })
  void whoDoesNotGoOnIsLeft(String bytes, String waitingFor) throws IOException {
    try (var server = new EchoServer(10, EchoServer.SHORT);
        var socket = server.connect()) {
      socket.send(bytes).rest();

      assertThat(server.timedOut(waitingFor)).isEqualTo(waitingFor.equals("none") ? 0 : 1);
    }
  }

  @Test
  void halfARequestIsToldWhy() throws IOException {
    try (var server = new EchoServer(10, EchoServer.SHORT);
        var socket = server.connect()) {
      assertThat(socket.send("GET / HTTP/1.1\r\nHos").rest()).endsWith("TOO_SLOW");
    }
  }

  @Test
  void aDripOfHeadersBuysNoTime() throws IOException {
    try (var server = new EchoServer(10, EchoServer.SHORT);
        var socket = server.connect()) {
      socket.send("GET / HTTP/1.1\r\n");
      assertThatThrownBy(
              () -> {
                while (true) {
                  socket.send("a: b\r\n");
                  Thread.onSpinWait();
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDripOfABodyBuysNextToNoTime() throws IOException {
    try (var server = new EchoServer(10, EchoServer.SHORT);
        var socket = server.connect()) {
      socket.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");
      assertThatThrownBy(
              () -> {
                while (true) {
                  socket.send("a");
                  Thread.onSpinWait();
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(server.timedOut("body")).isEqualTo(1);
    }
  }

  @Test
  void whoIsSilentBetweenRequestsIsLeft() throws IOException {
    try (var server = new EchoServer(10, EchoServer.SHORT);
        var socket = server.connect()) {
      assertThat(socket.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").rest())
          .contains("200")
          .doesNotContain("close");
      assertThat(server.timedOut("next_request")).isEqualTo(1);
    }
  }

  @Test
  void whoDoesNotReadItsAnswerIsLeft() throws Exception {
    try (var server = new EchoServer(10, EchoServer.SHORT);
        var socket = server.connect()) {
      socket.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
      while (server.timedOut("reader") == 0) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(
              () -> assertThat(socket.rest().length()).as("a whole answer").isGreaterThan(64 << 20))
          .isInstanceOfAny(AssertionError.class, IOException.class);
    }
  }

  @Test
  void theSilentMakeWayForOthers() throws IOException {
    try (var server = new EchoServer(10, Deadlines.DEFAULT)) {
      List<RawSocket> silent = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        silent.add(server.connect());
      }
      try (var socket = server.connect()) {
        assertThat(socket.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").answer()).contains("200");
      }
      for (RawSocket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void theListenerOutlivesAWantOfFiles() throws Exception {
    var builder =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 100; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EchoServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      int port = Integer.parseInt(process.inputReader().readLine());
      // All that it needs is loaded then.
      try (var socket = new RawSocket(port)) {
        socket.send("GET /failures HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      }
      List<RawSocket> silent = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        silent.add(new RawSocket(port));
      }
      try (var socket = new RawSocket(port)) {
        assertThat(socket.send("GET /failures HTTP/1.1\r\nHost: x\r\n\r\n").answer())
            .startsWith("HTTP/1.1 200")
            .contains("failures: ")
            .doesNotContain("failures: 0");
      }
      for (RawSocket socket : silent) {
        socket.close();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void longHeadsGiveTheirRoomBack() throws IOException {
    String head = "GET /a HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(30_000) + "\r\n\r\n";
    try (var server = new EchoServer()) {
      for (int i = 0; i < 2_500; i++) { // 80 MB, more than there ever is
        try (var socket = server.connect()) {
          assertThat(socket.send(head).answer()).startsWith("HTTP/1.1 200");
        }
      }
    }
  }

  @Test
  void theEndLeavesTheIdleAtOnceAndLetsAnAnswerComeToItsEnd() throws Exception {
    var server = new EchoServer();
    try (var idle = server.connect();
        var busy = server.connect()) {
      idle.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      busy.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n");
      busy.send("Expect: 100-continue\r\n\r\n").head();
      Thread closing = Thread.startVirtualThread(server::close);

      assertThat(idle.rest()).isEmpty();
      assertThat(busy.send("one").rest()).contains("Connection: close").endsWith("[one]");
      closing.join();
      assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theEndWaitsForNobodyWithoutEnd() throws Exception {
    var long10 = Deadlines.DEFAULT;
    var server =
        new EchoServer(
            10,
            new Deadlines(
                long10.head(),
                long10.idle(),
                long10.stall(),
                1,
                long10.linger(),
                EchoServer.SHORT.drain()));
    try (var stalled = server.connect()) {
      stalled.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n").head();
      server.close();
    }
  }

  @Test
  void thereAreFewerConnectionsThanFiles() {
    assertThat(Capacity.of(300, 1L << 40).connections()).isEqualTo(200);
    assertThat(Capacity.of(1_024, 1L << 40).connections()).isEqualTo(768);
    assertThat(Capacity.of(1_000_000, 1L << 40)).isEqualTo(new Capacity(16_000, ""));
    assertThat(Capacity.of(1_000_000, 4L << 20).connections()).isEqualTo(1_024);
    assertThat(Capacity.of(50, 1L << 40).connections()).isPositive();
  }
}
