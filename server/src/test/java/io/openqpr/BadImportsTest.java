package io.openqpr;

import static io.openqpr.ScansToImport.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Imports that are refused, as a whole or line by line, and what is told of them.
class BadImportsTest {

  @TempDir Path directory;
  private TestServer server;
  private ScansToImport scans;

  @BeforeEach
  void start() {
    server = TestServer.in(directory.resolve("data"));
    String code = server.createCode("n").get("id").stringValue();
    scans = new ScansToImport(server, code);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void faultyLinesAreToldAndLeftOut() {
    String lines =
        String.join(
            "\n",
            scans.line("good-1"),
            "{\"id\": \"x\", broken",
            "",
            scans.line("t").replace("2025-05-05T12:00:00Z", "yesterday"),
            scans.line("d").replace("mobile", "phone").replace("DE", "Germany"),
            scans.line("m").replace("\"conversation_messages\":0", "\"conversation_messages\":3"),
            scans.line("f").replace("\"city\"", "\"town\""),
            scans.line("l").replace("Berlin", "x".repeat(70_000)),
            "[1]",
            scans.line("two") + scans.line("two"),
            scans.line("deep").replace("{}", "{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}"),
            scans.line("good-2"));

    JsonNode report = scans.imported(NDJSON, lines);

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
            "8 city",
            "9 ",
            "10 ",
            "11 ");
    assertThat(report.get("errors").get(1).get("message").stringValue()).contains("`yesterday`");
  }

  @Test
  void faultyLinesOfCsvAreToldAndTakeNothingWithThem() {
    String header = "\uFEFF\"id\",\"qpr_code_id\",scanned_at,city,conversation_started\r\n";
    String csv =
        header
            + csv("good-1", "\"Bad, Homburg\"", "FALSE")
            + "ragged,x\r\n"
            + "\r\n"
            + "\0\0\0\0\r\n"
            + csv("unclosed", "\"Berlin", "false")
            + csv("good-2", "Ber\"lin\"", "True")
            + csv("good-3", "\"a \"\"b\"\" c\"", "TRUE")
            + csv("maybe", "Berlin", "maybe")
            + csv("behind", "\"Berlin\"x", "false")
            + csv("long", "x".repeat(70_000), "false")
            + csv("good-4", "Köln", "false")
            + csv("unclosed-at-the-end", "\"Berlin", "false")
            + csv("good-5", "Berlin", "");

    JsonNode report = scans.imported("text/csv", csv);

    var told = new ArrayList<String>();
    report
        .get("errors")
        .forEach(e -> told.add(e.get("line").intValue() + " " + e.get("message").stringValue()));
    assertThat(told)
        .satisfiesExactly(
            e -> assertThat(e).startsWith("3 has 2 cells where the first line has 5"),
            e -> assertThat(e).startsWith("5 has 1 cells"),
            e -> assertThat(e).startsWith("6 has ").contains("quote"),
            e -> assertThat(e).startsWith("9 must be true or false; got `maybe`"),
            e -> assertThat(e).startsWith("10 has text behind a closing quote"),
            e -> assertThat(e).startsWith("11 is longer than 64 KiB"),
            e -> assertThat(e).startsWith("13 has a quote that is not closed"));
    assertThat(report.get("imported").intValue()).isEqualTo(5);
    assertThat(report.get("failed").intValue()).isEqualTo(7);
    var cities = new ArrayList<String>();
    server.json("/v1/scans").get("scans").forEach(s -> cities.add(s.get("city").stringValue()));
    assertThat(cities).contains("Ber\"lin\"", "a \"b\" c", "Köln");
  }

  private String csv(String id, String city, String started) {
    return "%s,%s,2025-05-05T12:00:00Z,%s,%s\r\n".formatted(id, scans.code(), city, started);
  }

  @Test
  void allThatIsWrongWithAHeaderIsToldAtOnce() {
    HttpResponse<String> answer =
        scans.post("", "text/csv", BodyPublishers.ofString("id,town,id,scaned_at\r\n"));

    assertThat(answer.statusCode()).isEqualTo(400);
    var told = new ArrayList<String>();
    TestServer.parse(answer).get("errors").forEach(e -> told.add(e.get("field").stringValue()));
    assertThat(told).containsExactly("town", "id", "scaned_at");
  }

  @Test
  void allCodesThatAreUnknownAreToldAtOnce() {
    String lines =
        List.of("one", "two", "one").stream()
            .map(code -> scans.line("of-" + code).replace(scans.code(), code))
            .collect(Collectors.joining("\n"));

    HttpResponse<String> answer = scans.post("", NDJSON, BodyPublishers.ofString(lines));

    assertThat(answer.statusCode()).isEqualTo(400);
    var told = new ArrayList<String>();
    TestServer.parse(answer).get("errors").forEach(e -> told.add(e.get("message").stringValue()));
    assertThat(told)
        .satisfiesExactly(
            e -> assertThat(e).startsWith("`one`, first in line 1"),
            e -> assertThat(e).startsWith("`two`, first in line 2"));
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
                  .POST(BodyPublishers.ofString(scans.lines(0, 3))));
      assertThat(answer.statusCode()).isIn(400, 415);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
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
    assertThat(
            scans.post("?" + query, NDJSON, BodyPublishers.ofString(scans.line("a"))).statusCode())
        .isEqualTo(400);
    assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "id,id\n1,2\n", "id;scanned_at\n", "\u0000\n"})
  void filesThatAreNoCsvAreRefused(String csv) {
    assertThat(scans.post("", "text/csv", BodyPublishers.ofString(csv)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void otherTypesAreRefused() {
    assertThat(
            scans
                .post("", "application/json", BodyPublishers.ofString(scans.line("a")))
                .statusCode())
        .isEqualTo(415);
  }
}
