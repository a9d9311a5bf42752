package io.openqpr;

import static io.openqpr.ScansToImport.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Scans exported over HTTP, in each format, and imported again.
class ExportTest {

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

  @ParameterizedTest
  @CsvSource({"ndjson, application/x-ndjson", "csv, text/csv; charset=utf-8"})
  void whatIsExportedCanBeImportedAgain(String format, String contentType) throws Exception {
    scans.imported(NDJSON, scans.lines(0, 45_000) + nasty());
    HttpResponse<String> export = server.get("/v1/scans/export?format=" + format);
    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.headers().firstValue("Content-Type")).contains(contentType);
    assertThat(export.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment")
        .endsWith("." + format + "\"");

    JsonNode again = scans.imported(contentType, export.body());
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
            scans
                .line("=cmd|' /C calc'!A" + i)
                .replace("Berlin", List.of("+1", "'-x", "''@y", "a\\\"b,c").get(i)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void whoeverDoesNotReadKeepsNobodyButTheirOwnKeyFromExporting() throws Exception {
    scans.imported(NDJSON, scans.lines(0, 40_000));
    String other =
        server.json("POST", "/v1/api-keys", "{\"name\": \"other\"}").get("key").stringValue();
    try (Socket one = stalledExport();
        Socket two = stalledExport()) {
      HttpResponse<String> third = server.get("/v1/scans/export");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("Retry-After")).isPresent();
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/v1/scans/export"))
              .header("Authorization", "Bearer " + other);
      assertThat(server.send(request).body().lines()).hasSize(40_000);
      assertThat(one.isConnected() && two.isConnected()).isTrue();
    }
  }

  /// Reads the first bytes and no more.
  private Socket stalledExport() throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    socket
        .getOutputStream()
        .write(
            "GET /v1/scans/export HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(TestServer.KEY)
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200");
    return socket;
  }

  @Test
  void formulasAreDefused() {
    scans.imported(NDJSON, nasty());
    String csv = server.get("/v1/scans/export?format=csv").body();
    assertThat(csv).contains("'=cmd|").contains(",'+1,").contains(",''-x,").contains(",'''@y,");
    assertThat(csv.lines().skip(1)).noneMatch(l -> l.startsWith("="));
  }

  @Test
  void exportsAreFiltered() {
    scans.imported(
        NDJSON, scans.lines(0, 10) + "\n" + scans.line("late").replace("2025-05-05", "2025-06-06"));
    assertThat(server.get("/v1/scans/export?since=2025-06-01").body().lines()).hasSize(1);
    assertThat(server.get("/v1/scans/export?until=2025-06-01").body().lines()).hasSize(10);
    assertThat(server.get("/v1/scans/export?qpr_code_id=" + code).body().lines()).hasSize(11);
    assertThat(server.get("/v1/scans/export?qpr_code_id=qpr_none").statusCode()).isEqualTo(404);
    assertThat(server.get("/v1/scans/export?since=2030-01-01&format=csv").body().lines())
        .hasSize(1);
  }

  @Test
  void parquetOpensInTwoReaders() throws Exception {
    scans.imported(NDJSON, scans.lines(0, 25_000));
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
}
