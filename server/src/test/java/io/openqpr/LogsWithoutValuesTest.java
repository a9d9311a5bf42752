package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about people that fail are in the log, and the people are not.
class LogsWithoutValuesTest {

  private static final String BREAK = "alter table scans rename column params to others";

  @TempDir Path directory;

  @Test
  void inTheEmbeddedStore() throws Exception {
    String scan;
    try (var server = TestServer.in(directory)) {
      scan = oneScan(server);
    }
    try (var database =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("openqpr.duckdb"));
        var sql = database.createStatement()) {
      sql.execute(BREAK);
    }
    try (var server = TestServer.in(directory)) {
      ask(server, scan);
    }
  }

  @Test
  void inPostgres() {
    String url = PostgresServer.newDatabase();
    try (var server = TestServer.sharing(url, directory)) {
      String scan = oneScan(server);
      PostgresServer.execute(url, BREAK);
      ask(server, scan);
    }
  }

  /// @return its id
  private static String oneScan(TestServer server) {
    server.scan(server.createCode("Door"));
    return server.json("/v1/scans").get("scans").get(0).get("id").stringValue();
  }

  private static void ask(TestServer server, String scan) {
    try (var log = new Logbook()) {
      for (String path :
          List.of(
              "/v1/scans?params.table=telltale&referrer=telltale.example",
              "/v1/analytics?params.table=telltale",
              "/v1/scans/" + scan)) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(500);
      }
      assertThat(log.entriesWith("reference")).hasSize(3);
      assertThat(log.entriesWith("in: select")).isNotEmpty();
      assertThat(log.entriesWith("telltale")).isEmpty();
      assertThat(log.entriesWith(scan)).isEmpty();
    }
  }
}
