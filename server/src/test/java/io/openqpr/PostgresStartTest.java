package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start on PostgreSQL that cannot be: one line, exit code 2, nothing created.
class PostgresStartTest {

  @TempDir Path directory;

  @Test
  void itStartsAndStops() throws Exception {
    try (ServerProcess server = start(PostgresServer.newDatabase())) {
      assertThat(server.awaitReady()).as(server.output()).isTrue();
      assertThat(server.output().lines()).as(server.output()).hasSizeLessThanOrEqualTo(2);
      assertThat(server.terminate()).isZero();
    }
  }

  @Test
  void aUrlThatIsNoneIsRefused() throws Exception {
    assertRefused("mysql://localhost/x", "QPR_STORE must be `duckdb` or a URL");
    assertRefused("postgresql://localhost", "QPR_STORE must be `duckdb` or a URL");
  }

  @Test
  void aServerThatDoesNotAnswerIsRefused() throws Exception {
    assertRefused(
        "postgresql://user:secret@localhost:1/openqpr", "cannot be used", "localhost:1/openqpr");
  }

  @Test
  void aDatabaseThatIsNotThereIsRefused() throws Exception {
    String url = PostgresServer.newDatabase();
    assertRefused(url + "_not_there", "does not exist");
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    String url = PostgresServer.newDatabase();
    PostgresServer.execute(url, "create table invoices (id integer)");
    assertRefused(url, "tables of another program");
    assertThat(
            PostgresServer.ask(url, "select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo("1");
  }

  @Test
  void missingRightsAreTold() throws Exception {
    String url = PostgresServer.newDatabase();
    String user = "guest_" + ProcessHandle.current().pid();
    PostgresServer.execute(url, "create role " + user + " login password 'guest'");
    PostgresServer.execute(url, "revoke create on schema public from public");
    assertRefused(url.replace("postgres@", user + ":guest@"), "permission denied");
  }

  @Test
  void aDatabaseThatTakesNoWritesIsRefused() throws Exception {
    String url = PostgresServer.newDatabase();
    assertRefused(url + "?options=-c%20default_transaction_read_only=on", "read-only");
  }

  @Test
  void aDatabaseWithoutRoomForLocksIsRefusedWithWhatToSet() throws Exception {
    try (var postgres = new MortalPostgres(directory.resolve("postgres"));
        var connection =
            DriverManager.getConnection(
                PostgresUrl.parse(MortalPostgres.url(postgres.port(), "postgres")).jdbcUrl(),
                "postgres",
                null);
        var sql = connection.createStatement()) {
      // Locks of a session stay, though the statement fails that takes one too many.
      assertThatThrownBy(
              () -> sql.execute("select pg_advisory_lock(i) from generate_series(1, 1000000) i"))
          .hasMessageContaining("shared memory");
      assertRefused(
          MortalPostgres.url(postgres.port(), "postgres"), "max_locks_per_transaction = 256");
    }
  }

  private ServerProcess start(String store) {
    return ServerProcess.start(
        Map.of(
            "QPR_DATA_DIR",
            directory.toString(),
            "QPR_PORT",
            "0",
            "QPR_API_KEY",
            TestServer.KEY,
            "QPR_STORE",
            store));
  }

  private void assertRefused(String store, String... words) throws Exception {
    try (ServerProcess server = start(store)) {
      assertThat(server.awaitReady()).isFalse();
      assertThat(server.output()).contains(words).doesNotContain("secret");
      assertThat(server.output().lines()).as(server.output()).hasSize(1);
      assertThat(server.exitCode()).isEqualTo(2);
    }
  }
}
