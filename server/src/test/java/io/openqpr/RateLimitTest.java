package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.RateLimitSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {

  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.limited(directory, new RateLimitSettings(2, 4, 3, 5));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyKindOfRequestHasItsOwnLimit() {
    exhaust("/v1/scans?limit=1", 4);
    exhaust("/v1/analytics", 3);
    exhaust("/v1/qpr-codes", 5);
    assertThat(server.get("/v1/qpr-codes/qpr_x/analytics").statusCode()).isEqualTo(429);
    for (int i = 0; i < 2; i++) {
      server.createCode("n" + i);
    }
    assertThat(server.send("POST", "/v1/qpr-codes", "{}").statusCode()).isEqualTo(429);
  }

  @Test
  void keysAreLimitedApart() {
    exhaust("/v1/scans", 4);
    HttpResponse<String> other =
        server.send(server.request("/v1/scans").setHeader("Authorization", "Bearer other"));
    assertThat(other.statusCode()).isEqualTo(401);
    assertThat(other.headers().firstValue("X-RateLimit-Remaining")).contains("3");
  }

  @Test
  void aKeyIsTheSameHoweverItsHeaderIsWritten() {
    int left = 4;
    for (String header : List.of("Bearer %s", "bearer %s", "BEARER  %s", "Bearer   %s  ")) {
      left--;
      assertThat(remaining("/v1/scans", header.formatted(TestServer.KEY))).isEqualTo(left);
    }
    assertThat(status("/v1/scans", "bEARER " + TestServer.KEY)).isEqualTo(429);
  }

  @Test
  void anotherWrongTextEachTimeIsNoOtherSender() {
    assertThat(remaining("/v1/scans", "Bearer first-guess")).isEqualTo(3);
    assertThat(remaining("/v1/scans", "Basic c29tZTpib2R5")).isEqualTo(2);
    assertThat(remaining("/v1/scans", "Bearer second-guess")).isEqualTo(1);
    assertThat(remaining("/v1/scans", "")).isZero();
    assertThat(status("/v1/scans", "Bearer third-guess")).isEqualTo(429);
    assertThat(remaining("/v1/scans", "Bearer " + TestServer.KEY)).isEqualTo(3);
  }

  @Test
  void whoTriesOutKeysIsRefusedUnlookedAndGoodOnesGoOn() {
    server.close();
    server = TestServer.limited(directory, new RateLimitSettings(900, 900, 900, 900));
    assertThat(server.get("/v1/scans").statusCode()).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      assertThat(status("/v1/scans", "Bearer guess-" + i)).isEqualTo(401);
    }
    assertThat(status("/v1/scans", "Bearer guess-20")).isEqualTo(429);
    assertThat(status("/v1/scans", "Bearer guess-1")).isEqualTo(429);
    assertThat(server.get("/v1/scans").statusCode()).isEqualTo(200);
    assertThat(status("/v1/accounts", "Bearer " + TestServer.OPERATOR_KEY)).isEqualTo(405);
    assertThat(server.get("/metrics").body()).contains("openqpr_wrong_keys_refused_total 2.0\n");
  }

  private int status(String path, String authorization) {
    return sent(path, authorization).statusCode();
  }

  private int remaining(String path, String authorization) {
    HttpResponse<String> answer = sent(path, authorization);
    return Integer.parseInt(answer.headers().firstValue("X-RateLimit-Remaining").orElseThrow());
  }

  private HttpResponse<String> sent(String path, String authorization) {
    return server.send(server.request(path).setHeader("Authorization", authorization));
  }

  @Test
  void refusalsAreCounted() {
    exhaust("/v1/scans", 4);
    exhaust("/v1/analytics", 3);

    assertThat(server.get("/metrics").body())
        .contains(
            "openqpr_rate_limited_total 2.0\n",
            "openqpr_pictures_refused_total 0.0\n",
            "openqpr_store_busy_total{lane=\"reader\"} 0.0\n",
            "openqpr_store_busy_total{lane=\"slow-reader\"} 0.0\n",
            "openqpr_store_busy_total{lane=\"writer\"} 0.0\n");
  }

  @Test
  void everyAnswerTellsWhatIsLeft() {
    HttpResponse<String> unknown = server.get("/v1/nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("X-RateLimit-Limit")).contains("5");
    assertThat(unknown.headers().firstValue("X-RateLimit-Remaining")).contains("4");
    long reset = Long.parseLong(unknown.headers().firstValue("X-RateLimit-Reset").orElseThrow());
    assertThat(reset - Instant.now().getEpochSecond()).isBetween(1L, 61L);
    assertThat(server.get("/health/ready").headers().firstValue("X-RateLimit-Limit")).isEmpty();
  }

  @Test
  void scanningIsNotLimited() {
    String shortId = server.createCode("n").get("short_id").stringValue();
    for (int i = 0; i < 30; i++) {
      assertThat(server.get("/s/" + shortId).statusCode()).isEqualTo(302);
    }
  }

  private void exhaust(String path, int limit) {
    for (int left = limit - 1; left >= 0; left--) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-RateLimit-Remaining"))
          .contains(String.valueOf(left));
    }
    HttpResponse<String> refused = server.get(path);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("/problems/too-many-requests");
    assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1L, 60L);
  }
}
