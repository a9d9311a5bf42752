package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.journal.Limits;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a balancer is told.
class ReadinessTest {

  /// Every write begins a file.
  private static final Limits ONE_A_FILE =
      new Limits(1_000, 1 << 20, 1, Duration.ofHours(1), 100, Duration.ofMillis(1), Duration.ZERO);

  @TempDir Path folder;

  @Test
  void isNotReadyWhileTheDiskTakesNothing() throws Exception {
    try (var server = TestServer.with(folder, ONE_A_FILE)) {
      JsonNode code = server.createCode("n");
      server.scan(code);
      assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");

      Files.move(folder.resolve("journal"), folder.resolve("away"));
      assertThat(server.visit(code).statusCode()).isEqualTo(503);
      HttpResponse<String> failed = server.get("/health/ready");
      assertThat(failed.statusCode()).isEqualTo(503);
      assertThat(failed.body()).isEqualTo("{\"status\":\"disk_failed\"}");
      assertThat(failed.headers().firstValue("Retry-After")).hasValue("1");
      Files.move(folder.resolve("away"), folder.resolve("journal"));

      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (server.get("/health/ready").statusCode() != 200) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      }
      server.scan(code);
    }
  }
}
