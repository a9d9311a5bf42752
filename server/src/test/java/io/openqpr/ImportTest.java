package io.openqpr;

import static io.openqpr.ScansToImport.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.web.http.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Scans imported over HTTP: what is stored, and that nothing is stored twice.
class ImportTest {

  @TempDir Path directory;
  private TestServer server;
  private String code;
  private ScansToImport scans;

  @BeforeEach
  void start() {
    server = TestServer.in(directory.resolve("data"));
    code = server.createCode("n").get("id").stringValue();
    scans = new ScansToImport(server, code);
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

    JsonNode report = scans.imported(NDJSON, scan);

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
    String lines = scans.lines(0, 500) + scans.lines(0, 10);
    assertThat(scans.imported(NDJSON, lines).get("imported").intValue()).isEqualTo(500);
    JsonNode again = scans.imported(NDJSON, scans.lines(250, 750));
    assertThat(again.get("imported").intValue()).isEqualTo(250);
    assertThat(again.get("already_present").intValue()).isEqualTo(250);
    assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(750);
  }

  @Test
  void unknownCodesAreRefusedOrMade() {
    String lines =
        scans.line("a")
            + "\n"
            + scans.line("b").replace(code, "qpr_elsewhere").replace("\"abcdef\"", "\"lobby-1\"");

    HttpResponse<String> refused = scans.post("", NDJSON, BodyPublishers.ofString(lines));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("Line 2")
        .contains("qpr_elsewhere")
        .contains("Nothing was imported");
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();

    JsonNode report =
        TestServer.parse(scans.post("?create_codes=true", NDJSON, BodyPublishers.ofString(lines)));
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
    String csv = "\uFEFFvisit,link,when,till\r\nv1," + code + ",2025-01-01T00:00:00Z,Firefox\r\n";
    String query = "?columns=id:visit,qpr_code_id:link,scanned_at:when";

    HttpResponse<String> refused = scans.post(query, "text/csv", BodyPublishers.ofString(csv));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("`till`").contains("ignore_unknown_columns");
    JsonNode report =
        TestServer.parse(
            scans.post(
                query + "&ignore_unknown_columns=true", "text/csv", BodyPublishers.ofString(csv)));
    assertThat(report.get("imported").intValue()).isEqualTo(1);
    JsonNode stored = server.json("/v1/scans/v1");
    assertThat(stored.get("device").stringValue()).isEqualTo("unknown");
    assertThat(stored.get("country").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns=id:visit,qpr_code_id:visit | names the column `visit` for both id and qpr_code_id",
        "columns=id:a,id:b | names two columns for id",
        "columns=id:scanned_at | takes the column `scanned_at` for id and leaves none for scanned_at",
      })
  void twoFieldsOfOneColumnAreToldBeforeAnyLine(String query, String message) {
    HttpResponse<String> refused = scans.post("?" + query, NDJSON, BodyPublishers.ofString("{}"));
    assertThat(refused.statusCode()).isEqualTo(400);
    JsonNode error = TestServer.parse(refused).get("errors").get(0);
    assertThat(error.get("field").stringValue()).isEqualTo("columns");
    assertThat(error.get("message").stringValue()).contains(message);
  }

  @Test
  void columnsMayChangeNames() {
    String csv = "scanned_at,id,qpr_code_id\nv9,2025-01-01T00:00:00Z," + code + "\n";
    JsonNode report =
        TestServer.parse(
            scans.post(
                "?columns=id:scanned_at,scanned_at:id", "text/csv", BodyPublishers.ofString(csv)));
    assertThat(report.get("imported").intValue()).isEqualTo(1);
  }

  /// Whatever stands behind these paths in the routes is no id.
  @Test
  void idsThatCouldNeverBeAskedForAreRefused() {
    var words = new TreeSet<>(List.of(".", ".."));
    for (Route route : server.app().routes()) {
      for (String path : List.of("/v1/scans/", "/v1/qpr-codes/")) {
        if (route.template().startsWith(path) && !route.template().startsWith(path + "{")) {
          words.add(route.template().substring(path.length()).split("/")[0]);
        }
      }
    }
    assertThat(words).contains("bulk", "export", "ignored", "import");
    for (String word : words) {
      boolean ofCode = word.equals("bulk");
      String line = ofCode ? scans.line("b").replace(code, word) : scans.line(word);
      JsonNode report =
          TestServer.parse(scans.post("?create_codes=true", NDJSON, BodyPublishers.ofString(line)));
      assertThat(report.get("failed").intValue()).as(word + " " + report).isEqualTo(1);
      assertThat(report.get("errors").get(0).get("field").stringValue())
          .isEqualTo(ofCode ? "qpr_code_id" : "id");
    }
  }

  @Test
  void anyOtherIdCanBeAskedFor() {
    for (String id : List.of("a/b", "a?b#c", "%2F", "a b", "...", "ä", ";x=1", "\\", "ignored/x")) {
      String line = scans.line(id.replace("\\", "\\\\"));
      assertThat(scans.imported(NDJSON, line).get("imported").intValue()).as(id).isEqualTo(1);
      String path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
      assertThat(server.json("/v1/scans/" + path).get("id").stringValue()).isEqualTo(id);
    }
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(scans.lines(0, 300).getBytes(StandardCharsets.UTF_8));
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
  void aBrokenConnectionLeavesWholeBatchesAndARerunCompletesIt() throws Exception {
    String lines = scans.lines(0, 250_000);
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
      rerun = scans.post("", NDJSON, BodyPublishers.ofString(lines));
    } while (rerun.statusCode() == 409);
    JsonNode report = TestServer.parse(rerun);
    int before = report.get("already_present").intValue();
    assertThat(before).isBetween(1, 225_000);
    assertThat(report.get("imported").intValue()).isEqualTo(250_000 - before);
    assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(250_000);
  }
}
