package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Scans imported and exported, over HTTP.
class TransferTest {

  private static final String NDJSON = "application/x-ndjson";

  @TempDir Path directory;
  private TestServer server;
  private String code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory.resolve("data"));
    code = server.createCode("n").get("id").stringValue();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aScanIsImportedAsItWas() {
    String scan =
        """
        {"id":"visit/7","qpr_code_id":"%s","short_id":"zzzzzz","scanned_at":"2024-02-29T23:30:00.500+01:00","country":"de","region":"BE","city":"Köln, \\"Süd\\"","device":"tablet","conversation_started":true,"conversation_messages":4,"metadata":{"a":[1,2]}}
        """
            .formatted(code);

    JsonNode report = imported(NDJSON, scan);

    assertThat(report.toString())
        .isEqualTo(
            "{\"imported\":1,\"already_present\":0,\"failed\":0,\"codes_created\":0,\"errors\":[]}");
    JsonNode stored = server.json("/v1/scans").get("scans").get(0);
    assertThat(stored.get("id").stringValue()).isEqualTo("visit/7");
    assertThat(stored.get("scanned_at").stringValue()).isEqualTo("2024-02-29T22:30:00.500Z");
    assertThat(stored.get("country").stringValue()).isEqualTo("DE");
    assertThat(stored.get("city").stringValue()).isEqualTo("Köln, \"Süd\"");
    assertThat(stored.get("conversation_messages").intValue()).isEqualTo(4);
    assertThat(stored.get("metadata").toString()).isEqualTo("{\"a\":[1,2]}");
    JsonNode analytics = server.json("/v1/qpr-codes/" + code + "/analytics?period=all");
    assertThat(analytics.get("scans_total").intValue()).isEqualTo(1);
    assertThat(analytics.get("timeseries").get(0).get("date").stringValue())
        .isEqualTo("2024-02-29");
  }

  @Test
  void aSecondImportAddsNothing() {
    String lines = lines(0, 500) + lines(0, 10);
    assertThat(imported(NDJSON, lines).get("imported").intValue()).isEqualTo(500);
    JsonNode again = imported(NDJSON, lines(250, 750));
    assertThat(again.get("imported").intValue()).isEqualTo(250);
    assertThat(again.get("already_present").intValue()).isEqualTo(250);
    assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(750);
  }

  @Test
  void faultyLinesAreToldAndLeftOut() {
    String lines =
        String.join(
            "\n",
            line("good-1"),
            "{\"id\": \"x\", broken",
            "",
            line("t").replace("2025-05-05T12:00:00Z", "yesterday"),
            line("d").replace("mobile", "phone").replace("DE", "Germany"),
            line("m").replace("\"conversation_messages\":0", "\"conversation_messages\":3"),
            line("f").replace("\"city\"", "\"town\""),
            line("l").replace("Berlin", "x".repeat(70_000)),
            "[1]",
            line("two") + line("two"),
            line("deep").replace("{}", "{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}"),
            line("good-2"));

    JsonNode report = imported(NDJSON, lines);

    assertThat(report.get("imported").intValue()).isEqualTo(2);
    assertThat(report.get("failed").intValue()).isEqualTo(9);
    var told = new ArrayList<String>();
    report
        .get("errors")
        .forEach(e -> told.add(e.get("line").intValue() + " " + e.get("field").stringValue()));
    assertThat(told)
        .containsExactly(
            "2 ",
            "4 scanned_at",
            "5 country",
            "5 device",
            "6 conversation_messages",
            "7 town",
            "8 ",
            "9 ",
            "10 ",
            "11 ");
    assertThat(report.get("errors").get(1).get("message").stringValue()).contains("`yesterday`");
  }

  @Test
  void unknownCodesAreRefusedOrMade() {
    String lines =
        line("a")
            + "\n"
            + line("b").replace(code, "qpr_elsewhere").replace("\"abcdef\"", "\"lobby-1\"");

    HttpResponse<String> refused = post("", NDJSON, BodyPublishers.ofString(lines));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("Line 2")
        .contains("qpr_elsewhere")
        .contains("Nothing was imported");
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();

    JsonNode report =
        TestServer.parse(post("?create_codes=true", NDJSON, BodyPublishers.ofString(lines)));
    assertThat(report.get("codes_created").intValue()).isEqualTo(1);
    JsonNode made = server.json("/v1/qpr-codes/qpr_elsewhere");
    assertThat(made.get("short_id").stringValue()).isEqualTo("lobby-1");
    assertThat(server.scan(made)).contains("/c/");
    assertThat(
            server
                .get(server.scan(made).replaceFirst("http://localhost", "http://127.0.0.1"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void columnsOfOtherExportsAreMapped() {
    String csv =
        "\uFEFFvisit,link,when,browser\r\nv1," + code + ",2025-01-01T00:00:00Z,Firefox\r\n";
    String query = "?columns=id:visit,qpr_code_id:link,scanned_at:when";

    HttpResponse<String> refused = post(query, "text/csv", BodyPublishers.ofString(csv));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("`browser`").contains("ignore_unknown_columns");
    JsonNode report =
        TestServer.parse(
            post(query + "&ignore_unknown_columns=true", "text/csv", BodyPublishers.ofString(csv)));
    assertThat(report.get("imported").intValue()).isEqualTo(1);
    JsonNode stored = server.json("/v1/scans/v1");
    assertThat(stored.get("device").stringValue()).isEqualTo("unknown");
    assertThat(stored.get("country").isNull()).isTrue();
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(lines(0, 300).getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> answer =
        server.send(
            server
                .request("/v1/scans/import")
                .header("Content-Type", NDJSON)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())));
    assertThat(TestServer.parse(answer).get("imported").intValue()).isEqualTo(300);
  }

  @Test
  void whatIsNotGzipIsRefused() {
    for (String encoding : List.of("gzip", "br")) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request("/v1/scans/import")
                  .header("Content-Type", NDJSON)
                  .header("Content-Encoding", encoding)
                  .POST(BodyPublishers.ofString(lines(0, 3))));
      assertThat(answer.statusCode()).isIn(400, 415);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
  }

  @Test
  void aBrokenConnectionLeavesWholeBatchesAndARerunCompletesIt() throws Exception {
    String lines = lines(0, 250_000);
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    try (var socket = new Socket("127.0.0.1", server.port())) {
      var out = socket.getOutputStream();
      out.write(
          ("POST /v1/scans/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\n"
                  + "Content-Length: %d\r\n\r\n")
              .formatted(TestServer.KEY, NDJSON, bytes.length)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, 0, bytes.length * 9 / 10);
    }
    // Until the server has noticed, another import is refused.
    HttpResponse<String> rerun;
    do {
      Thread.sleep(100);
      rerun = post("", NDJSON, BodyPublishers.ofString(lines));
    } while (rerun.statusCode() == 409);
    JsonNode report = TestServer.parse(rerun);
    assertThat(report.get("already_present").intValue()).isEqualTo(200_000);
    assertThat(report.get("imported").intValue()).isEqualTo(50_000);
    assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(250_000);
  }

  @ParameterizedTest
  @CsvSource({"ndjson, application/x-ndjson", "csv, text/csv; charset=utf-8"})
  void whatIsExportedCanBeImportedAgain(String format, String contentType) throws Exception {
    imported(NDJSON, lines(0, 45_000) + nasty());
    HttpResponse<String> export = server.get("/v1/scans/export?format=" + format);
    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.headers().firstValue("Content-Type")).contains(contentType);
    assertThat(export.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment")
        .endsWith("." + format + "\"");

    JsonNode again = imported(contentType, export.body());
    assertThat(again.get("imported").intValue()).isZero();
    assertThat(again.get("failed").intValue()).isZero();
    assertThat(again.get("already_present").intValue()).isEqualTo(45_004);

    try (var other = TestServer.in(directory.resolve("other"))) {
      HttpResponse<String> copied =
          other.send(
              other
                  .request("/v1/scans/import?create_codes=true")
                  .header("Content-Type", contentType)
                  .POST(BodyPublishers.ofString(export.body())));
      assertThat(TestServer.parse(copied).get("imported").intValue()).isEqualTo(45_004);
      assertThat(other.get("/v1/scans/export?format=" + format).body()).isEqualTo(export.body());
    }
  }

  private String nasty() {
    return IntStream.range(0, 4)
        .mapToObj(i ->
            line("=cmd|' /C calc'!A" + i)
                .replace("Berlin", List.of("+1", "'-x", "''@y", "a\\\"b,c").get(i)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void formulasAreDefused() {
    imported(NDJSON, nasty());
    String csv = server.get("/v1/scans/export?format=csv").body();
    assertThat(csv).contains("'=cmd|").contains(",'+1,").contains(",''-x,").contains(",'''@y,");
    assertThat(csv.lines().skip(1)).noneMatch(l -> l.startsWith("="));
  }

  @Test
  void exportsAreFiltered() {
    imported(NDJSON, lines(0, 10) + "\n" + line("late").replace("2025-05-05", "2025-06-06"));
    assertThat(server.get("/v1/scans/export?since=2025-06-01").body().lines()).hasSize(1);
    assertThat(server.get("/v1/scans/export?until=2025-06-01").body().lines()).hasSize(10);
    assertThat(server.get("/v1/scans/export?qpr_code_id=" + code).body().lines()).hasSize(11);
    assertThat(server.get("/v1/scans/export?qpr_code_id=qpr_none").statusCode()).isEqualTo(404);
    assertThat(server.get("/v1/scans/export?since=2030-01-01&format=csv").body().lines())
        .hasSize(1);
  }

  @Test
  void parquetOpensInTwoReaders() throws Exception {
    imported(NDJSON, lines(0, 25_000));
    Path file = directory.resolve("scans.parquet");
    var request = server.request("/v1/scans/export?format=parquet").build();
    try (var client = HttpClient.newHttpClient();
        InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      Files.copy(in, file);
    }
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*), min(qpr_code_id), max(epoch_ms(scanned_at)), count(distinct id) from '"
                    + file
                    + "'")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(25_000);
      assertThat(rows.getString(2)).isEqualTo(code);
      assertThat(rows.getLong(4)).isEqualTo(25_000);
    }
    try (var reader = ParquetFileReader.open(InputFile.of(file))) {
      assertThat(reader.getFileMetaData().numRows()).isEqualTo(25_000);
    }
    try (var files = Files.list(directory.resolve("data/tmp"))) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=xml",
        "format=",
        "format=csv&format=csv",
        "since=x",
        "limit=5",
        "offset=0",
        "cursor=x",
        "until=2020-01-01&since=2021-01-01",
      })
  void wrongExportsAreRefused(String query) {
    assertThat(server.get("/v1/scans/export?" + query).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create_codes=yes",
        "create_codes=",
        "columns=id",
        "columns=colour:x",
        "columns=id:",
        "colums=id:x",
        "ignore_unknown_columns=1",
      })
  void wrongImportsAreRefused(String query) {
    assertThat(post("?" + query, NDJSON, BodyPublishers.ofString(line("a"))).statusCode())
        .isEqualTo(400);
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "id,id\n1,2\n", "id;scanned_at\n", "\u0000\n"})
  void filesThatAreNoCsvAreRefused(String csv) {
    assertThat(post("", "text/csv", BodyPublishers.ofString(csv)).statusCode()).isEqualTo(400);
  }

  @Test
  void otherTypesAreRefused() {
    assertThat(post("", "application/json", BodyPublishers.ofString(line("a"))).statusCode())
        .isEqualTo(415);
  }

  private JsonNode imported(String type, String body) {
    HttpResponse<String> answer = post("", type, BodyPublishers.ofString(body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.parse(answer);
  }

  private HttpResponse<String> post(String query, String type, BodyPublisher body) {
    return server.send(
        server.request("/v1/scans/import" + query).header("Content-Type", type).POST(body));
  }

  private String lines(int from, int until) {
    var lines = new StringBuilder();
    for (int i = from; i < until; i++) {
      lines.append(line("visit-" + i)).append('\n');
    }
    return lines.toString();
  }

  private String line(String id) {
    return """
    {"id":"%s","qpr_code_id":"%s","short_id":"abcdef","scanned_at":"2025-05-05T12:00:00Z","country":"DE","region":"BE","city":"Berlin","device":"mobile","conversation_started":false,"conversation_messages":0,"metadata":{}}\
    """
        .formatted(id, code);
  }
}
