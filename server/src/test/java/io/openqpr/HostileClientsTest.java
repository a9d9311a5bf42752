package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.journal.Limits;
import io.openqpr.web.wire.Deadlines;
import io.openqpr.web.wire.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever holds connections and says nothing keeps nobody else out.
class HostileClientsTest {

  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String KEY = "Host: x\r\nAuthorization: Bearer test-key\r\n";

  @TempDir Path directory;

  @Test
  void moreSilentConnectionsThanFilesEndNothing() throws Exception {
    try (ServerProcess server = ServerProcess.withFiles(300, directory)) {
      assertThat(server.awaitReady()).as(server.output()).isTrue();
      assertThat(server.output()).contains("at most 200 connections at once", "open 300 files");
      List<RawSocket> silent = new ArrayList<>();
      try {
        for (int i = 0; i < 600; i++) {
          silent.add(new RawSocket(server.port()));
        }
        assertThat(asked(server.port(), LIVE)).as("meanwhile").startsWith("HTTP/1.1 200");
      } finally {
        for (RawSocket socket : silent) {
          socket.close();
        }
      }
      assertThat(asked(server.port(), LIVE)).as("afterwards").startsWith("HTTP/1.1 200");
      assertThat(server.terminate()).isZero();
    }
  }

  private static String asked(int port, String request) throws IOException {
    try (var socket = new RawSocket(port)) {
      return socket.send(request).answer();
    }
  }

  @Test
  void aStalledImportHoldsUpNoOther() throws Exception {
    var deadlines =
        new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            1_000_000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));
    try (var server = TestServer.with(directory, new Bounds(Limits.DEFAULT, deadlines));
        var stalled = new RawSocket(server.port())) {
      stalled.send("POST /v1/scans/import HTTP/1.1\r\nContent-Type: application/x-ndjson\r\n");
      stalled.send(KEY + "Content-Length: 100\r\n\r\n{");
      assertThat(stalled.rest())
          .startsWith("HTTP/1.1 408")
          .contains("/problems/timed-out")
          .contains("Connection: close");

      var next =
          server
              .request("/v1/scans/import")
              .header("Content-Type", "application/x-ndjson")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"));
      assertThat(server.send(next).statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").body())
          .contains("openqpr_connections_timed_out_total{wait=\"body\"} 1");
    }
  }

  @Test
  void theEndIsToldToWhoIsJustAsking() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, 0)) {
      assertThat(server.awaitReady()).as(server.output()).isTrue();
      try (var idle = new RawSocket(server.port());
          var asking = new RawSocket(server.port())) {
        idle.send(LIVE).answer();
        asking.send(LIVE + "GET /health/ready HTTP/1.1\r\n").answer();
        server.askToEnd();

        assertThat(idle.rest()).as("between two requests").isEmpty();
        assertThat(asking.send("Host: x\r\n\r\n").rest())
            .startsWith("HTTP/1.1 503")
            .contains("Connection: close")
            .endsWith("{\"status\":\"draining\"}");
      }
      assertThat(server.exitCode()).isZero();
    }
  }
}
