package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// One grammar of filters, by which lists, exports and analytics mean the same scans.
class FiltersTest {

  private static final String[] CITIES = {"Berlin", "Bern", "none", null};
  private static final String[] COUNTRIES = {"DE", "AT", "CH", null};

  @TempDir private static Path directory;
  private static TestServer server;
  private static String door;

  @BeforeAll
  static void start() {
    server = TestServer.at(new MovableClock("2026-03-20T15:30:00Z"), directory);
    door = server.createCode("door").get("id").stringValue();
    String shop =
        server
            .json(
                "POST",
                "/v1/qpr-codes",
                "{\"name\":\"s\",\"prompt\":\"p\",\"template\":\"retail\"}")
            .get("id")
            .stringValue();
    var lines = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      lines.append(line(i, i % 3 == 0 ? shop : door)).append('\n');
    }
    JsonNode report = new ScansToImport(server, door).imported(ScansToImport.NDJSON, "" + lines);
    assertThat(report.get("imported").intValue()).isEqualTo(24);
  }

  /// One in each hour of a Tuesday, 2026-03-17.
  private static String line(int i, String code) {
    return """
    {"id":"v%d","qpr_code_id":"%s","scanned_at":"%s","country":%s,"city":%s,"device":"%s",\
    "language":"%s","conversation_started":%s,"conversation_messages":%d,\
    "metadata":{"floor":%d,"hall":"A%d"},"params":{"utm_campaign":"spring-%d"}}\
    """
        .formatted(
            i,
            code,
            Instant.parse("2026-03-17T00:00:00Z").plusSeconds(i * 3_600L),
            quoted(COUNTRIES[i % 4]),
            quoted(CITIES[i / 4 % 4]),
            i % 2 == 0 ? "mobile" : "tablet",
            i % 2 == 0 ? "de" : "de-AT",
            i < 6,
            i < 6 ? i : 0,
            i % 3,
            i % 2,
            i % 5);
  }

  private static String quoted(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "country=DE | 6",
        "country=DE,at | 12",
        "country=DE&country=AT | 12",
        "country.not=DE,none | 12",
        "country=none | 6",
        "country.not=none | 18",
        "country=DE,none | 12",
        "city=Berlin&city=Bern | 16",
        "city=none | 4",
        "city.is=none | 4",
        "city=Berlin,Bern | 0",
        "city.contains=er | 16",
        "city.starts=Berl | 8",
        "city.starts=Bern&city.starts=no | 12",
        "city.contains=ER | 0",
        "device=mobile,tablet | 24",
        "device.not=mobile | 12",
        "language=de | 24",
        "language.is=de | 12",
        "language.not=de-AT | 12",
        "params.utm_campaign.starts=spring | 24",
        "params.utm_campaign=spring-1&params.utm_campaign=spring-2 | 10",
        "params.utm_campaign.not=spring-1 | 19",
        "params.utm_source=none | 24",
        "metadata.floor=2 | 8",
        "metadata.floor=2&metadata.hall=A1 | 4",
        "metadata.room=none | 24",
        "qpr_code_id={door} | 16",
        "qpr_code_id.not={door} | 8",
        "template=retail | 8",
        "template=none | 16",
        "template=retail,none | 24",
        "conversation=started | 6",
        "conversation=none | 18",
        "conversation=open | 0",
        "conversation=completed | 6",
        "messages.min=2 | 4",
        "messages.min=2&messages.max=3 | 2",
        "hour=0,1,23 | 3",
        "hour=9&timezone=Asia/Kathmandu | 1",
        "hour.not=9 | 23",
        "weekday=2 | 24",
        "weekday=3&timezone=Asia/Tokyo | 9",
        "weekday=1&timezone=America/New_York | 4",
        "country=DE&device=mobile&metadata.floor=0 | 2",
      })
  void everyAnswerMeansTheSameScans(String filter, int scans) {
    String query = filter.replace("{door}", door);
    assertThat(server.json("/v1/scans?" + query).get("total").intValue()).isEqualTo(scans);
    HttpResponse<String> export = server.get("/v1/scans/export?" + query);
    assertThat(export.body().lines()).hasSize(scans);
    assertThat(server.json("/v1/analytics?" + query).get("scans_total").intValue())
        .isEqualTo(scans);
    assertThat(server.json("/v1/scans/ignored?" + query).get("total").intValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "since=2026-03-17 | 23",
        "since=2026-03-17&timezone=Asia/Tokyo | 24",
        "until=2026-03-17T12:00:00Z&since=2026-03-17&timezone=America/New_York | 7",
      })
  void aDateIsTheLocalMidnight(String range, int scans) {
    assertThat(server.json("/v1/scans?" + range).get("total").intValue()).isEqualTo(scans);
  }
}
