package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees of a start that cannot be: one line, exit code 2.
class StartTest {

  @TempDir Path directory;

  @Test
  void aDirectoryInUseIsRefused() throws Exception {
    try (var server = TestServer.in(directory)) {
      assertRefused(Map.of(), "is in use by another OpenQPR process");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no directory");

    assertRefused(Map.of("QPR_DATA_DIR", file.toString()), "cannot be written");
  }

  @Test
  void dataOfANewerVersionIsRefused() throws Exception {
    TestServer.in(directory).close();
    try (var connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("openqpr.duckdb"));
        var statement = connection.createStatement()) {
      statement.execute("update schema_version set version = 99");
    }

    assertRefused(Map.of(), "newer OpenQPR");
  }

  @Test
  void aSecretThatIsMissingBesideItsDatabaseIsRefused() throws Exception {
    TestServer.in(directory).close();
    Files.delete(directory.resolve("secret.key"));

    assertRefused(Map.of(), "secret.key is missing", "put it back from a backup");
  }

  @Test
  void whatAKilledExportLeftIsGoneAtTheNextStart() throws Exception {
    Path left = Files.createDirectories(directory.resolve("tmp").resolve("parquet123"));
    Files.writeString(left.resolve("scans"), "people who were erased meanwhile");
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "of somebody else");
    Files.createSymbolicLink(left.resolve("link"), elsewhere);

    TestServer.in(directory).close();

    assertThat(left).doesNotExist();
    assertThat(elsewhere).exists();
  }

  @Test
  void aStrangeFileInPlaceOfTheDatabaseIsRefused() throws Exception {
    TestServer.in(directory).close();
    Files.writeString(
        directory.resolve("openqpr.duckdb"), "this is a shopping list, ".repeat(1_000));

    assertRefused(Map.of(), "is not a database of OpenQPR");
  }

  @Test
  void aTakenPortIsRefused() throws Exception {
    try (var other = TestServer.in(directory.resolve("other"))) {
      assertRefused(Map.of("QPR_PORT", String.valueOf(other.port())), "cannot be used");
      assertRefused(
          Map.of("QPR_METRICS_PORT", String.valueOf(other.port())),
          "port %d cannot be used".formatted(other.port()));
    }
  }

  @Test
  void aPlaceDatabaseThatIsNoneIsRefused() throws Exception {
    Path list = Files.writeString(directory.resolve("list.mmdb"), "eggs, milk");

    assertRefused(
        Map.of("QPR_GEO_DATABASE", list.toString()), "list.mmdb cannot be used", "no MMDB file");
  }

  @Test
  void theReadyLineTellsWhenPlacesStayUnknown() throws Exception {
    assertThat(readyLine()).contains("(no place database; ./qpr geo install gets one)");

    new MmdbFile(6, "test")
        .with("192.0.2.0/24", Map.of("country_code", "DE"))
        .writeTo(Files.createDirectory(directory.resolve("geo")).resolve("city.mmdb"));

    assertThat(readyLine()).matches("OpenQPR is ready at \\S+");
  }

  private String readyLine() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, 0)) {
      assertThat(server.awaitReady()).as(server.output()).isTrue();
      assertThat(server.terminate()).isZero();
      assertThat(server.output().lines()).hasSize(1);
      return server.output().strip();
    }
  }

  @Test
  void allWrongSettingsAreToldAtOnce() throws Exception {
    assertRefused(
        Map.of("QPR_PORT", "http", "QPR_TRUSTED_PROXIES", "10.0.0.0/99", "QPR_RATE_LIMIT", "off"),
        "QPR_PORT must be a port",
        "`10.0.0.0/99` is none",
        "QPR_RATE_LIMIT; did you mean `QPR_RATE_LIMITS`?");
  }

  @Test
  void sigtermDrainsAndExitsWithZero() throws Exception {
    try (ServerProcess server = ServerProcess.start(directory, 0)) {
      assertThat(server.awaitReady()).as(server.output()).isTrue();
      assertThat(server.output().lines()).hasSize(1);

      assertThat(server.terminate()).isZero();
    }
  }

  private void assertRefused(Map<String, String> settings, String... words) throws Exception {
    var environment = new HashMap<>(Map.of("QPR_DATA_DIR", directory.toString(), "QPR_PORT", "0"));
    environment.putAll(settings);
    try (ServerProcess server = ServerProcess.start(environment)) {
      assertThat(server.awaitReady()).isFalse();
      assertThat(server.output()).contains(words);
      assertThat(server.output().lines()).as(server.output()).hasSize(1);
      assertThat(server.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void aLostKeyIsReplacedOnTheMachine() throws Exception {
    Map<String, String> environment = Map.of("QPR_DATA_DIR", directory.toString(), "QPR_PORT", "0");
    try (var server = TestServer.in(directory);
        var refused = ServerProcess.start(environment, "key")) {
      assertThat(refused.wholeOutput()).contains("in use by another OpenQPR process");
      assertThat(refused.exitCode()).isEqualTo(2);
    }
    String key;
    try (var made = ServerProcess.start(environment, "key")) {
      key = made.wholeOutput().strip();
      assertThat(made.exitCode()).isZero();
    }
    try (var server = TestServer.in(directory)) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/v1/scans"))
              .header("Authorization", "Bearer " + key);
      assertThat(server.send(request).statusCode()).isEqualTo(200);
    }
  }
}
