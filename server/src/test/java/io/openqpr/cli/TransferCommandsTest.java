package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.TestServer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `qpr scans import` and `qpr scans export` on the real server.
class TransferCommandsTest {

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
  void whatWasExportedIsImportedElsewhere() throws Exception {
    CommandRun first = imports(scans(1, 5_000), "scans", "import", "-");
    assertThat(first.out())
        .isEqualTo("5,000 scans imported, 0 already present, 0 failed; 0 codes created\n");
    Path file = directory.resolve("out.csv");

    CommandRun export = CommandRun.on(server, "scans", "export", "-o", file.toString());

    assertThat(export.code()).as(export.err()).isZero();
    assertThat(export.err()).startsWith("qpr: wrote ");
    assertThat(file).content().startsWith("id,").hasLineCount(5_001);
    try (var other = TestServer.in(directory.resolve("other"))) {
      CommandRun run = CommandRun.on(other, "scans", "import", "--create-codes", file.toString());
      assertThat(run.out())
          .isEqualTo("5,000 scans imported, 0 already present, 0 failed; 1 code created\n");
    }
  }

  @Test
  void gzipIsKnownByName() throws Exception {
    Path file = directory.resolve("scans.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(scans(1, 10).getBytes(StandardCharsets.UTF_8));
    }

    assertThat(CommandRun.on(server, "scans", "import", file.toString(), "--json").out())
        .contains("\"imported\":10,");
    assertThat(CommandRun.on(server, "scans", "import", file.toString()).out())
        .startsWith("0 scans imported, 10 already present");
  }

  @Test
  void columnsAreMappedAndFaultyLinesTold() {
    String csv =
        """
        visit,qpr_code_id,when,colour
        v1,%1$s,2026-01-01T00:00:00Z,red
        v2,%1$s,yesterday,blue
        """
            .formatted(code);

    CommandRun run =
        imports(
            csv,
            "scans",
            "import",
            "-",
            "--columns",
            "id=visit,scanned_at=when",
            "--ignore-unknown-columns");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("1 scan imported, 0 already present, 1 failed");
    assertThat(run.err()).startsWith("qpr: line 3: scanned_at: ").contains("yesterday");
  }

  @Test
  void anImportThatIsRefusedIsNotSent() throws Exception {
    Path file = Files.writeString(directory.resolve("scans.ndjson"), scans(1, 200_000));

    CommandRun run = CommandRun.on(server, "scans", "import", file.toString(), "--key", "unknown");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("qpr: The API key is not known here: check that it was copied whole.\n");
  }

  @Test
  void anExportGoesToStdoutAndIsFiltered() {
    imports(scans(1, 10), "scans", "import", "-");

    CommandRun run =
        CommandRun.on(server, "scans", "export", "--since", "2026-01-01T00:00:05Z", "--code", code);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> TestServer.parse(line).get("id").stringValue()))
        .containsExactly("s10", "s9", "s8", "s7", "s6");
    JsonNode first = TestServer.parse(run.out().lines().findFirst().orElseThrow());
    assertThat(first).isEqualTo(server.json("/v1/scans?limit=1").get("scans").get(0));
  }

  @Test
  void aRefusedExportLeavesTheOldFileAsItWas() throws Exception {
    Path file = Files.writeString(directory.resolve("out.parquet"), "old");

    CommandRun run =
        CommandRun.on(server, "scans", "export", "-o", file.toString(), "--code", "unknown");

    assertThat(run.code()).isEqualTo(1);
    assertThat(file).hasContent("old");
    assertThat(CommandRun.on(server, "scans", "export", "-o", file.toString()).code()).isZero();
    assertThat(Files.readAllBytes(file)).startsWith("PAR1".getBytes(StandardCharsets.US_ASCII));
    assertThat(directory.resolve("out.parquet.part")).doesNotExist();
  }

  @Test
  void parquetIsNotPrintedOnAScreen() {
    assertThat(CommandRun.on(server, "scans", "export", "--format", "parquet").code())
        .isEqualTo(64);
  }

  @Test
  void aFormatIsSaidInAnyCase() {
    String csv = "id,qpr_code_id,scanned_at\ns1," + code + ",2026-01-01T00:00:00Z\n";

    assertThat(imports(csv, "scans", "import", "-", "--format", "csv").out()).startsWith("1 scan ");
    assertThat(imports(csv, "scans", "import", "-", "--format", "CSV").out())
        .startsWith("0 scans ");
    assertThat(imports(csv, "scans", "import", "-", "--format", "xml").err())
        .contains("must be ndjson or csv; got 'xml'");
  }

  @Test
  void whyAFileCannotBeReadIsSaid() {
    Path nothing = directory.resolve("nothing.csv");

    assertThat(CommandRun.on(server, "scans", "import", nothing.toString()).err())
        .isEqualTo("qpr: " + nothing + " cannot be read: there is no such file or folder\n");
    assertThat(
            CommandRun.on(server, "scans", "export", "-o", nothing.resolve("x.csv").toString())
                .err())
        .contains("cannot be written: there is no such file or folder");
  }

  private CommandRun imports(String in, String... words) {
    return CommandRun.with(CommandRun.environment(server), in, words);
  }

  private String scans(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i ->
            """
            {"id":"s%d","qpr_code_id":"%s","scanned_at":"2026-01-%02dT%02d:%02d:%02dZ"}
            """
                .formatted(i, code, 1 + i / 86_400, i / 3600 % 24, i / 60 % 60, i % 60))
        .collect(Collectors.joining());
  }
}
