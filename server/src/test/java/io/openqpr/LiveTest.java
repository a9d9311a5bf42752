package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The feed as a stream: `GET /v1/events/stream`.
class LiveTest {

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aScanIsOnTheStreamAsInTheFeed() {
    JsonNode code = server.createCode("streamed");
    try (var reader = new LiveReader(server, "")) {
      assertThat(reader.answer().headers().firstValue("Content-Type"))
          .contains("text/event-stream");
      assertThat(reader.answer().headers().firstValue("X-Accel-Buffering")).contains("no");
      String before = reader.lastId();

      server.scan(code);

      LiveReader.Sent sent = reader.events(1).getFirst();
      assertThat(sent.type()).isEqualTo("scan.created");
      assertThat(EventsTest.walk(server, before, "", 50)).containsExactly(sent.data());
      assertThat(EventsTest.walk(server, sent.id(), "", 50)).isEmpty();
    }
  }

  @Test
  void everyReaderGetsWhatItAskedFor() {
    JsonNode one = server.createCode("one");
    JsonNode two = server.createCode("two");
    String ofOne = "?qpr_code_id=" + one.get("id").stringValue();
    try (var all = new LiveReader(server, "");
        var some = new LiveReader(server, ofOne);
        var german = new LiveReader(server, "?language=de&types=scan.created")) {
      server.scan(two, "Accept-Language", "de-AT");
      server.scan(one);
      server.scan(two);

      List<String> scans = all.events(3).stream().map(LiveReader.Sent::scan).toList();
      assertThat(some.events(1)).extracting(LiveReader.Sent::scan).containsExactly(scans.get(1));
      assertThat(german.events(1)).extracting(LiveReader.Sent::scan).containsExactly(scans.get(0));
      assertThat(some.waiting()).isZero();
    }
  }

  /// As a browser does whose line is cut now and then.
  @Test
  void goesOnWhereItWasCutWithoutAGapOrADouble() throws Exception {
    JsonNode code = server.createCode("cut");
    String first = server.json("/v1/events?after=latest").get("next_cursor").stringValue();
    Thread scanning =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 300; i++) {
                server.scan(code);
              }
            });
    var got = new ArrayList<String>();
    String last = first;
    while (got.size() < 300) {
      // The header counts more than the parameter, which a browser repeats for ever.
      try (var reader = new LiveReader(server, "?after=" + first, "Last-Event-ID", last)) {
        List<LiveReader.Sent> some = reader.events(Math.min(37, 300 - got.size()));
        some.forEach(sent -> got.add(sent.data().get("id").stringValue()));
        last = some.getLast().id();
      }
    }
    scanning.join();

    assertThat(got)
        .isEqualTo(
            EventsTest.walk(server, first, "", 100).stream()
                .map(event -> event.get("id").stringValue())
                .toList());
  }

  @Test
  void whatComesWhileAReaderCatchesUpIsNotMissed() {
    JsonNode code = server.createCode("behind");
    String first = server.json("/v1/events?after=latest").get("next_cursor").stringValue();
    for (int i = 0; i < 450; i++) {
      server.scan(code);
    }
    try (var other = new LiveReader(server, "");
        var reader = new LiveReader(server, "?after=" + first)) {
      for (int i = 0; i < 50; i++) {
        server.scan(code);
      }
      assertThat(reader.events(500).stream().map(sent -> sent.data().get("id").stringValue()))
          .doesNotHaveDuplicates();
      assertThat(other.events(50)).hasSize(50);
    }
  }

  @Test
  void aReaderThatDoesNotReadIsDropped() throws Exception {
    String padding = "x".repeat(4_000);
    JsonNode code =
        server.json(
            "POST",
            "/v1/qpr-codes",
            "{\"name\": \"n\", \"prompt\": \"p\", \"metadata\": {\"pad\": \"%s\"}}"
                .formatted(padding));
    long before = dropped();
    try (Socket stalled = new Socket()) {
      stalled.setReceiveBufferSize(4_096);
      stalled.connect(new InetSocketAddress("127.0.0.1", server.port()));
      stalled
          .getOutputStream()
          .write(
              ("GET /v1/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + TestServer.KEY
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      stalled.getInputStream().read();
      try (var reader = new LiveReader(server, "")) {
        for (int i = 0; i < 2_000; i++) {
          server.scan(code);
        }
        assertThat(reader.events(2_000)).hasSize(2_000);
      }
      // Ten seconds of patience, and nobody else waits for them.
      awaitDropped(before + 1);
    }
  }

  @Test
  void aPlaceOfAnotherFeedIsRefused(@TempDir Path elsewhere) {
    String foreign;
    try (var other = TestServer.in(elsewhere)) {
      foreign = other.json("/v1/events?after=latest").get("next_cursor").stringValue();
    }
    var byHeader =
        server.send(server.request("/v1/events/stream").header("Last-Event-ID", foreign));

    assertThat(byHeader.statusCode()).isEqualTo(400);
    assertThat(byHeader.body()).contains("Last-Event-ID");
    assertThat(server.get("/v1/events/stream?after=" + foreign).statusCode()).isEqualTo(400);
    assertThat(server.get("/v1/events/stream?limit=3").body()).contains("limit");
  }

  @Test
  void tooManyReadersAreToldToComeAgain(@TempDir Path elsewhere) {
    var readers = new ArrayList<LiveReader>();
    try (var other = TestServer.in(elsewhere)) {
      for (int i = 0; i < TestServer.EVENT_READERS; i++) {
        readers.add(new LiveReader(other, ""));
      }
      var refused = other.get("/v1/events/stream");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains(String.valueOf(TestServer.EVENT_READERS));
      assertThat(other.get("/v1/events?after=latest&wait=1").statusCode()).isEqualTo(503);
    } finally {
      readers.forEach(LiveReader::close);
    }
  }

  @Test
  void closingTheServerEndsItsStreams(@TempDir Path elsewhere) {
    LiveReader reader;
    try (var other = TestServer.in(elsewhere)) {
      reader = new LiveReader(other, "");
    }
    try (reader) {
      long end = System.nanoTime() + 10_000_000_000L;
      while (!reader.isEnded() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(reader.isEnded()).isTrue();
    }
  }

  private static long dropped() {
    HttpRequest.Builder metrics = HttpRequest.newBuilder(URI.create(server.url() + "/metrics"));
    Stream<String> lines = server.send(metrics).body().lines();
    return lines
        .filter(line -> line.startsWith("openqpr_live_dropped_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void awaitDropped(long count) throws InterruptedException {
    long end = System.nanoTime() + 40_000_000_000L;
    while (dropped() < count && System.nanoTime() < end) {
      Thread.sleep(200);
    }
    assertThat(dropped()).isEqualTo(count);
  }
}
