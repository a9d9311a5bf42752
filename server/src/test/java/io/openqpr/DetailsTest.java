package io.openqpr;

import static io.openqpr.ScansToImport.NDJSON;
import static io.openqpr.UserAgents.DESKTOP;
import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a scan knows of its visit, over HTTP: shown when asked for, filtered by, taken out and in.
class DetailsTest {

  @TempDir Path directory;
  private TestServer server;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory.resolve("data"));
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void detailsAreShownWhenAskedFor() {
    visit(
        "?utm_source=poster&p.table=12",
        IPHONE,
        "pt-br,pt;q=0.9,en;q=0.8",
        "https://me@News.Example.com:8443/story?user=me");
    JsonNode scan = server.json("/v1/scans?expand=details").get("scans").get(0);

    assertThat(scan.get("details").toString())
        .isEqualTo(
            """
            {"os":"iOS","browser":"Safari","language":"pt-BR","referrer":"news.example.com",\
            "params":{"utm_source":"poster","p.table":"12"}}\
            """);
    String one = "/v1/scans/" + scan.get("id").stringValue();
    assertThat(server.json(one + "?expand=details")).isEqualTo(scan);
    assertThat(server.json(one).propertyNames()).doesNotContain("details");
    assertThat(server.json("/v1/scans").get("scans").get(0).propertyNames())
        .doesNotContain("details");
  }

  @Test
  void aScanAlwaysWorksWhateverComesWithIt() throws Exception {
    String garbage = "?%&=%zz&a=%ff%00|\u00e9&x=" + "%41".repeat(2_000) + "&&==?";
    String request =
        "GET /s/%s%s HTTP/1.1\r\nHost: x\r\nUser-Agent: %s\r\nAccept-Language: \u00ff;q=9\r\nReferer: ::/::\r\nCookie: =;;\r\n\r\n"
            .formatted(code.get("short_id").stringValue(), garbage, IPHONE);
    try (var client = new RawClient(server.port())) {
      assertThat(client.send(request.getBytes(StandardCharsets.UTF_8), false).status())
          .isEqualTo(302);
    }
    JsonNode params = server.json("/v1/scans?expand=details").at("/scans/0/details").get("params");
    assertThat(params.get("%").stringValue()).isEmpty();
    assertThat(params.get("x").stringValue()).isEqualTo("A".repeat(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "os=iOS | 1",
        "os=ios | 0",
        "browser=Chrome | 1",
        "language=de | 2",
        "language=DE-at | 1",
        "referrer=News.Example.com | 1",
        "params.utm_source=poster | 2",
        "params.utm_source=poster&params.p.table=12 | 1",
        "params.utm_source=post | 0",
        "device=mobile | 1",
        "device=desktop&language=de | 1",
        "country=fr | 0",
        "region=X&city=Y | 0",
      })
  void scansAndTheirNumbersAreFilteredAlike(String query, int matching) {
    visit("?utm_source=poster&p.table=12", IPHONE, "de-AT", "https://news.example.com/");
    visit("?p.table=1&utm_source=poster", DESKTOP, "de", "");

    assertThat(server.json("/v1/scans?" + query).get("total").intValue()).isEqualTo(matching);
    assertThat(server.get("/v1/scans/export?" + query).body().lines()).hasSize(matching);
    for (String analytics :
        List.of("/v1/analytics", "/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics")) {
      JsonNode counts = server.json(analytics + "?" + query);
      assertThat(counts.get("scans_total").intValue()).isEqualTo(matching);
      assertThat(counts.get("scans_unique_devices").intValue()).isEqualTo(matching);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expand=all, expand",
    "country=DEU, country",
    "device=phone, device",
    "language=german!, language",
    "referrer=https://a.example/, referrer",
    "os=, os",
    "browser=a&browser=, browser",
    "params.=x, params.*",
    "params.a=, params.a",
    "params.a=1&params.a=, params.a",
    "parms.a=1, parms.a",
  })
  void wrongQuestionsNameTheField(String query, String field) {
    for (String path : List.of("/v1/scans", "/v1/scans/export")) {
      HttpResponse<String> answer = server.get(path + "?" + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(TestServer.parse(answer).get("errors").get(0).get("field").stringValue())
          .isEqualTo(field);
    }
  }

  @ParameterizedTest
  @CsvSource({"ndjson, application/x-ndjson", "csv, text/csv"})
  void detailsGoOutAndInAgain(String format, String type) {
    visit("?utm_source=poster&a=%22,%27%3D", IPHONE, "de-AT", "https://news.example.com/");
    visit("?a=%3D1", DESKTOP, "", "");
    String export = "/v1/scans/export?expand=details&format=" + format;

    try (var other = TestServer.in(directory.resolve("other"))) {
      String file = server.get(export).body();
      HttpResponse<String> copied =
          other.send(
              other
                  .request("/v1/scans/import?create_codes=true")
                  .header("Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofString(file)));
      assertThat(TestServer.parse(copied).get("imported").intValue())
          .as(copied.body())
          .isEqualTo(2);
      assertThat(other.get(export).body()).isEqualTo(file);
      assertThat(other.json("/v1/scans?params.utm_source=poster").get("total").intValue())
          .isEqualTo(1);
    }
    String plain = server.get("/v1/scans/export?format=" + format).body();
    assertThat(plain).doesNotContain("referrer").doesNotContain("details");
  }

  @Test
  void detailsAreColumnsOfParquet() throws Exception {
    visit("?utm_source=poster", IPHONE, "de-AT", "https://news.example.com/");
    Path file = directory.resolve("scans.parquet");
    Files.write(
        file,
        server
            .sendForBytes(server.request("/v1/scans/export?expand=details&format=parquet"))
            .body());
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select os, browser, language, referrer, params from '" + file + "'")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("iOS");
      assertThat(rows.getString(2)).isEqualTo("Safari");
      assertThat(rows.getString(3)).isEqualTo("de-AT");
      assertThat(rows.getString(4)).isEqualTo("news.example.com");
      assertThat(rows.getString(5)).isEqualTo("{\"utm_source\":\"poster\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"language\":\"german!\"",
        "\"referrer\":\"https://x/\"",
        "\"params\":[]",
        "\"params\":{\"a\":1}",
        "\"params\":{\"a\":{}}",
        "\"params\":\"no json\"",
        "\"params\":{\"\":\"x\"}",
        "\"params\":{\"a\":\"\\u0001\"}",
        "\"details\":{\"id\":\"x\"}",
        "\"details\":7",
        "\"details\":{\"details\":{}}",
      })
  void wrongDetailsAreNotTakenIn(String field) {
    var scans = new ScansToImport(server, code.get("id").stringValue());
    JsonNode report = scans.imported(NDJSON, with(field, scans.line("a")));
    assertThat(report.get("failed").intValue()).as(report.toString()).isEqualTo(1);
    assertThat(report.get("imported").intValue()).isZero();
  }

  @Test
  void flatAndAbsentDetailsAreTakenInToo() {
    var scans = new ScansToImport(server, code.get("id").stringValue());
    String flat = with("\"os\":\"iOS\",\"params\":{\"b\":\"1\"}", scans.line("a"));
    String none = with("\"details\":null", scans.line("b"));

    assertThat(scans.imported(NDJSON, flat + "\n" + none).get("imported").intValue()).isEqualTo(2);
    assertThat(server.json("/v1/scans?os=iOS&params.b=1").get("total").intValue()).isEqualTo(1);
  }

  private static String with(String field, String line) {
    return line.substring(0, line.lastIndexOf('}')) + "," + field + "}";
  }

  private void visit(String query, String agent, String language, String referer) {
    var request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/s/" + code.get("short_id").stringValue() + query))
            .header("User-Agent", agent);
    if (!language.isEmpty()) {
      request.header("Accept-Language", language);
    }
    if (!referer.isEmpty()) {
      request.header("Referer", referer);
    }
    assertThat(server.send(request).statusCode()).isEqualTo(302);
  }
}
