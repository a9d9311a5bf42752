package io.openqpr;

import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.journal.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Scans, over HTTP: each is answered, stored, listed and counted once, or refused.
class ScansTest {

  @TempDir Path directory;

  @Test
  void aScanIsListedAndCountedBeforeItsAnswerIsRead() {
    try (var server = TestServer.in(directory)) {
      JsonNode code =
          server.json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "Door 7", "prompt": "p", "template": "hospitality", "metadata": {"floor": 2}}\
              """);
      String id = code.get("id").stringValue();

      server.scan(code, "User-Agent", IPHONE);

      JsonNode list = server.json("/v1/scans?qpr_code_id=" + id);
      assertThat(list.get("total").intValue()).isEqualTo(1);
      JsonNode scan = list.get("scans").get(0);
      assertThat(scan.propertyNames())
          .containsExactly(
              "id",
              "qpr_code_id",
              "short_id",
              "scanned_at",
              "country",
              "region",
              "city",
              "device",
              "conversation_started",
              "conversation_messages",
              "metadata");
      assertThat(scan.get("qpr_code_id")).isEqualTo(code.get("id"));
      assertThat(scan.get("device").stringValue()).isEqualTo("mobile");
      assertThat(scan.get("metadata").toString()).isEqualTo("{\"floor\":2}");
      assertThat(server.json("/v1/scans/" + scan.get("id").stringValue())).isEqualTo(scan);

      JsonNode analytics = server.json("/v1/qpr-codes/" + id + "/analytics");
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(1);
      assertThat(analytics.get("timeseries")).hasSize(30);
      assertThat(analytics.get("timeseries").get(29).toString())
          .isEqualTo(
              "{\"date\":\"%s\",\"scans\":1,\"conversations\":0}"
                  .formatted(LocalDate.now(ZoneOffset.UTC)));
      assertThat(server.json("/v1/qpr-codes/" + id).get("scans_total").intValue()).isEqualTo(1);
    }
  }

  @Test
  void headIsAnsweredAndNotCounted() {
    try (var server = TestServer.in(directory)) {
      String shortId = server.createCode("n").get("short_id").stringValue();

      var answer = server.send(server.request("/s/" + shortId).HEAD());

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void anUnknownCodeIsAFriendlyPageAndNoScan() {
    try (var server = TestServer.in(directory)) {
      var answer = server.get("/s/zzzzzz");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void aWalkByCursorSeesEveryScanOnceWhileNewOnesArrive() {
    try (var server = TestServer.in(directory)) {
      JsonNode code = server.createCode("n");
      for (int i = 0; i < 25; i++) {
        server.scan(code);
      }
      var seen = new ArrayList<String>();
      String cursor = "";
      while (cursor != null) {
        JsonNode page = server.json("/v1/scans?limit=10" + cursor);
        page.get("scans").forEach(scan -> seen.add(scan.get("id").stringValue()));
        JsonNode next = page.get("next_cursor");
        cursor = next.isNull() ? null : "&cursor=" + next.stringValue();
        server.scan(code);
      }
      assertThat(seen)
          .hasSize(25)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }
  }

  @Test
  void everyAnsweredScanOfManyAtOnceIsStoredOnce() {
    try (var server = TestServer.in(directory)) {
      JsonNode code =
          server.json(
              "POST",
              "/v1/qpr-codes",
              """
              {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
              """);
      var answered = ConcurrentHashMap.<String>newKeySet();
      try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 300; i++) {
          people.execute(
              () -> answered.add(server.scan(code).substring("http://x.example/".length())));
        }
      }
      var listed = new HashSet<String>();
      for (int offset = 0; offset < 400; offset += 200) {
        server
            .json("/v1/scans?limit=200&offset=" + offset)
            .get("scans")
            .forEach(scan -> listed.add(scan.get("id").stringValue()));
      }
      assertThat(answered).hasSize(300).isEqualTo(listed);
    }
  }

  @Test
  void aFullBacklogIsRefusedWith503AndCounted() {
    var noBacklog =
        new Limits(10, -1, 1 << 20, Duration.ofHours(1), 10, Duration.ofMillis(10), Duration.ZERO);
    try (var server = TestServer.with(directory, noBacklog)) {
      String shortId = server.createCode("n").get("short_id").stringValue();

      var answer = server.get("/s/" + shortId);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(server.get("/metrics").body())
          .contains("openqpr_refused_total{reason=\"backlog_full\"} 1");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }
}
