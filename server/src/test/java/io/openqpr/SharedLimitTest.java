package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.RateLimitSettings;
import io.openqpr.storage.postgres.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three servers on one database, whose limits hold for all of them together.
class SharedLimitTest {

  private static final int LIMIT = 40;

  @TempDir Path directory;
  private ThreeServers servers;

  @BeforeEach
  void start() {
    servers = new ThreeServers(directory, new RateLimitSettings(LIMIT, LIMIT, LIMIT, LIMIT));
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void everyAnswerTellsWhatIsLeftOnAllOfThem() {
    for (int left = LIMIT - 1; left >= 0; left--) {
      HttpResponse<String> answer = servers.next().get("/v1/scans");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(remaining(answer)).isEqualTo(left);
    }
    for (TestServer server : servers.all()) {
      HttpResponse<String> refused = server.get("/v1/scans");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(remaining(refused)).isZero();
      assertThat(server.get("/v1/analytics").statusCode()).isEqualTo(200);
    }
  }

  private static int remaining(HttpResponse<String> answer) {
    return Integer.parseInt(answer.headers().firstValue("X-RateLimit-Remaining").orElseThrow());
  }

  @Test
  void exactlyTheLimitIsLetThroughHoweverManyComeAtOnce() {
    var answered = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3 * LIMIT; i++) {
        TestServer server = servers.next();
        threads.execute(() -> {
          if (server.get("/v1/scans").statusCode() == 200) {
            answered.incrementAndGet();
          }
        });
      }
    }
    assertThat(answered).hasValue(LIMIT);
  }

  @Test
  void neitherKeysNorAddressesAreKept() {
    servers.next().get("/v1/scans");
    String kept =
        PostgresServer.ask(
            servers.database(), "select string_agg(c::text, ' ') from request_counts c");
    assertThat(kept).isNotEmpty().doesNotContain(TestServer.KEY).doesNotContain("127.0.0.1");
  }
}
