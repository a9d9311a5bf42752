package io.openqpr;

import static io.openqpr.ScansToImport.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.CodeId;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Scans whose time cannot be, from files or from a clock that was wrong: every number is about the
/// same scans, and no answer takes the server down.
class WrongTimesTest {

  private static final List<String> PERIODS = List.of("7d", "30d", "90d", "all");
  private static final List<String> GRANULARITIES = List.of("hour", "day", "week");

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock("2026-11-24T12:00:00Z");
  private TestServer server;
  private JsonNode code;

  private void start() {
    server = TestServer.at(clock, directory.resolve("data"));
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String codeId() {
    return code.get("id").stringValue();
  }

  private JsonNode analytics(String query) {
    JsonNode ofAccount = server.json("/v1/analytics?" + query);
    JsonNode ofCode = server.json("/v1/qpr-codes/" + codeId() + "/analytics?" + query);
    assertThat(ofCode.get("timeseries")).isEqualTo(ofAccount.get("timeseries"));
    return ofCode;
  }

  private void everyNumberIs(long scans, List<String> periods) {
    assertThat(server.json("/v1/scans").get("total").longValue()).isEqualTo(scans);
    assertThat(server.json("/v1/qpr-codes/" + codeId()).get("scans_total").longValue())
        .isEqualTo(scans);
    for (String period : periods) {
      for (String granularity : GRANULARITIES) {
        JsonNode told = analytics("period=" + period + "&granularity=" + granularity);
        long sum = 0;
        for (JsonNode bucket : told.get("timeseries")) {
          sum += bucket.get("scans").longValue();
        }
        assertThat(sum).as(period + granularity).isEqualTo(scans);
        assertThat(told.get("scans_total").longValue()).isEqualTo(scans);
      }
    }
  }

  @Test
  void aFirstStartInTheFutureHidesNoScan() {
    clock.set("2030-05-05T05:05:05Z");
    start();
    server.scan(code);
    clock.set("2026-11-24T12:00:00Z");
    for (int i = 0; i < 5; i++) {
      server.scan(code);
    }

    everyNumberIs(6, PERIODS);
    JsonNode days = analytics("period=all").get("timeseries");
    assertThat(days).hasSize(1);
    assertThat(days.get(0).get("date").stringValue()).isEqualTo("2026-11-24");
  }

  @Test
  void aClockThatWasBehindHidesNoScan() {
    start();
    clock.set("1970-01-01T00:00:10Z");
    server.scan(code);
    server.visit(code, "User-Agent", "curl/8");
    clock.set("2026-11-24T12:00:00Z");
    server.scan(code);

    JsonNode all = analytics("period=all&granularity=week&timezone=America/New_York");
    assertThat(all.get("scans_total").longValue()).isEqualTo(2);
    assertThat(all.get("timeseries").get(0).get("date").stringValue()).isEqualTo("1969-12-29");
    assertThat(all.get("timeseries").get(0).get("scans").longValue()).isEqualTo(1);
    assertThat(all.get("ignored").get("total").longValue()).isEqualTo(1);
    assertThat(analytics("period=7d").get("scans_total").longValue()).isEqualTo(1);
    assertThat(server.get("/v1/analytics?period=all&granularity=hour").statusCode()).isEqualTo(400);
  }

  @Test
  void scansImportedFromAMomentAheadAreInEveryNumber() {
    start();
    var scans = new ScansToImport(server, codeId());
    scans.imported(NDJSON, scans.line("a").replace("2025-05-05T12:00:00Z", "2026-11-25T11:00:00Z"));
    server.scan(code);

    everyNumberIs(2, PERIODS);
    assertThat(analytics("period=7d").get("timeseries").get(6).get("scans").longValue())
        .isEqualTo(2);
  }

  @Test
  void timesThatCannotBeAreToldByLine() {
    start();
    var scans = new ScansToImport(server, codeId());
    var lines = new ArrayList<String>();
    for (String time :
        List.of(
            "0001-01-01",
            "1999-12-31T23:59:59.999Z",
            "2000-01-01",
            "2026-11-25T12:00:00Z",
            "2026-11-25T12:00:00.001Z",
            "9999-12-31T23:59:59Z")) {
      lines.add(scans.line("at " + time).replace("2025-05-05T12:00:00Z", time));
    }

    JsonNode report = scans.imported(NDJSON, String.join("\n", lines));

    assertThat(report.get("imported").intValue()).isEqualTo(2);
    var told = new ArrayList<String>();
    report.get("errors").forEach(e -> told.add(e.get("line") + e.get("field").stringValue()));
    assertThat(told).containsExactly("1scanned_at", "2scanned_at", "5scanned_at", "6scanned_at");
    assertThat(report.get("errors").get(0).get("message").stringValue())
        .contains("2000-01-01T00:00:00Z", "2026-11-25T12:00:00Z", "`0001-01-01`");
    everyNumberIsOfAll(2);
  }

  private void everyNumberIsOfAll(long scans) {
    assertThat(analytics("period=all&granularity=week").get("scans_total").longValue())
        .isEqualTo(scans);
  }

  /// A store filled by an older version may have any time.
  @Test
  void whateverIsStoredNoAnswerHasMoreBucketsThanItCan() {
    start();
    server.scan(code);
    QprCode known =
        server
            .app()
            .ground()
            .store()
            .codes()
            .byId(server.app().firstAccount(), new CodeId(codeId()))
            .orElseThrow();
    Scan old = scan(known, "0001-01-01T00:00:00Z");
    server.app().ground().store().scans().load(List.of(old));

    for (String path : List.of("/v1/analytics", "/v1/qpr-codes/" + codeId() + "/analytics")) {
      for (String granularity : GRANULARITIES) {
        var answer = server.get(path + "?period=all&granularity=" + granularity);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"granularity\"", "ask with granularity=");
      }
      assertThat(server.json(path + "?period=90d").get("scans_total").longValue()).isEqualTo(1);
    }

    assertThat(server.send(server.request("/v1/scans/old").DELETE()).statusCode()).isLessThan(300);
    JsonNode hours = analytics("period=all&granularity=hour");
    assertThat(hours.get("scans_total").longValue()).isEqualTo(1);
    assertThat(hours.get("timeseries").size())
        .isEqualTo(
            (int) Duration.between(Instant.parse("2026-11-24T00:00:00Z"), clock.instant()).toHours()
                + 1);
  }

  private static Scan scan(QprCode code, String time) {
    return new Scan(
        new ScanId("old"),
        code.ref(),
        Instant.parse(time),
        Place.UNKNOWN,
        DeviceKind.MOBILE,
        1,
        Conversation.NONE,
        Details.NONE,
        QprCode.NO_METADATA);
  }
}
