package io.openqpr;

import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.journal.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is erased leaves every file of a running server, and nobody who scans meanwhile is lost.
class GoneFromDiskTest {

  private static final String VALUE = "recognisable-4711.example";

  /// With journal files that are old at once instead of after an hour.
  private static final Limits BRIEF =
      new Limits(
          20_000, 1L << 30, 64L << 20, Duration.ZERO, 20_000, Duration.ofMillis(20), Duration.ZERO);

  @TempDir Path directory;

  @Test
  void anErasedScanIsInNoFile() throws IOException {
    try (var server = TestServer.with(directory, BRIEF)) {
      JsonNode code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE, "Referer", "https://" + VALUE + "/");
      assertThat(server.json("/v1/scans?referrer=" + VALUE).get("total").intValue()).isEqualTo(1);
      assertThat(StoredBytes.in(directory)).contains(VALUE);

      server.json("DELETE", "/v1/scans/" + newest(server).get("id").stringValue(), "");
      assertThat(server.app().ground().store().compact()).isTrue();

      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (StoredBytes.in(directory).contains(VALUE)) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      }
    }
    assertThat(StoredBytes.in(directory)).doesNotContain(VALUE);
  }

  @Test
  void whoScansDuringCompactionIsCounted() throws InterruptedException {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      var scanned = new AtomicInteger();
      var end = new AtomicBoolean();
      Thread people =
          Thread.ofVirtual()
              .start(() -> {
                while (!end.get()) {
                  server.scan(code, "User-Agent", IPHONE);
                  scanned.incrementAndGet();
                }
              });
      int erased = 0;
      while (erased < 3) {
        JsonNode scans = server.json("/v1/scans?limit=1").get("scans");
        if (!scans.isEmpty()) {
          server.json("DELETE", "/v1/scans/" + scans.get(0).get("id").stringValue(), "");
          assertThat(server.app().ground().store().compact()).isTrue();
          erased++;
        }
      }
      end.set(true);
      people.join();

      assertThat(server.json("/v1/scans").get("total").intValue())
          .isEqualTo(scanned.get() - erased);
    }
  }

  private static JsonNode newest(TestServer server) {
    return server.json("/v1/scans").get("scans").get(0);
  }
}
