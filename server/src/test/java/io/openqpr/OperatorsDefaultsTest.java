package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.postgres.PostgresServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whatever an operator's database, or role, sets for everybody, nothing here means another thing
/// by it.
class OperatorsDefaultsTest {

  private static final Map<String, String> ODD =
      new ConcurrentSkipListMap<>(
          Map.ofEntries(
              Map.entry("standard_conforming_strings", "off"),
              Map.entry("backslash_quote", "on"),
              Map.entry("escape_string_warning", "off"),
              Map.entry("transform_null_equals", "on"),
              Map.entry("array_nulls", "off"),
              Map.entry("bytea_output", "escape"),
              Map.entry("datestyle", "German, DMY"),
              Map.entry("intervalstyle", "sql_standard"),
              Map.entry("timezone", "Asia/Kathmandu"),
              Map.entry("extra_float_digits", "-15"),
              Map.entry("client_encoding", "LATIN1"),
              Map.entry("default_transaction_isolation", "serializable"),
              Map.entry("default_transaction_deferrable", "on"),
              Map.entry("statement_timeout", "100ms"),
              Map.entry("lock_timeout", "1ms"),
              Map.entry("idle_session_timeout", "250ms"),
              Map.entry("idle_in_transaction_session_timeout", "250ms"),
              Map.entry("quote_all_identifiers", "on"),
              Map.entry("search_path", "tenant"),
              Map.entry("enable_partition_pruning", "off"),
              Map.entry("row_security", "off"),
              Map.entry("synchronous_commit", "off")));

  private static final String NAME = "O'Neil \\' é 東京";

  @TempDir Path directory;

  @Test
  void aServerAnswersAsEverWhateverTheDatabasesDefaultsAre() throws Exception {
    String database = PostgresServer.newDatabase();
    String name = database.substring(database.lastIndexOf('/') + 1);
    PostgresServer.execute(database, "create schema tenant");
    ODD.forEach((setting, value) ->
        PostgresServer.execute(
            database, "alter database %s set %s = '%s'".formatted(name, setting, value)));
    try (var server = TestServer.sharing(database, directory)) {
      JsonNode code = server.createCode(NAME.replace("\\", "\\\\"));
      server.scan(code);
      JsonNode scan = server.json("/v1/scans").get("scans").get(0);
      String id = scan.get("id").stringValue();
      server.json(
          "PUT", "/v1/scans/" + id + "/conversation", "{\"messages\": 2, \"status\": \"open\"}");
      Thread.sleep(300); // longer than the database keeps idle connections of others
      assertThat(server.json("/v1/analytics").get("scans_total").intValue()).isEqualTo(1);
      assertThat(server.json("/v1/qpr-codes").get("qpr_codes").get(0).get("name").stringValue())
          .isEqualTo(NAME);
      for (String text : new String[] {"\\' or true --", "\\", "\\\\' or 1=1 --", "'; --"}) {
        String value = URLEncoder.encode(text, StandardCharsets.UTF_8);
        assertThat(server.json("/v1/scans?params.a=" + value).get("total").intValue())
            .as(text)
            .isZero();
      }
    }
  }

  /// What a role has by default comes before what the database has.
  @Test
  void soItDoesWhateverTheRolesDefaultsAre() throws Exception {
    String database = PostgresServer.newDatabase();
    String role = "odd_" + ProcessHandle.current().pid();
    PostgresServer.execute(database, "create role " + role + " login password 'odd'");
    PostgresServer.execute(database, "grant all on schema public to " + role);
    PostgresServer.execute(
        database, "alter role " + role + " set standard_conforming_strings = off");
    PostgresServer.execute(database, "alter role " + role + " set statement_timeout = '1ms'");
    try (var server =
        TestServer.sharing(database.replace("postgres@", role + ":odd@"), directory)) {
      server.scan(server.createCode("Door"));
      String value = URLEncoder.encode("\\' or true --", StandardCharsets.UTF_8);
      assertThat(server.json("/v1/scans?params.a=" + value).get("total").intValue()).isZero();
      assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(1);
    }
  }

  @Test
  void aDatabaseThatHasNotAllLettersIsRefused() throws Exception {
    String given = PostgresServer.newDatabase();
    String latin = given + "_latin";
    PostgresServer.execute(
        given,
        "create database %s template template0 encoding 'LATIN1' locale 'C'"
            .formatted(latin.substring(latin.lastIndexOf('/') + 1)));
    try (ServerProcess server =
        ServerProcess.start(
            Map.of("QPR_DATA_DIR", directory.toString(), "QPR_PORT", "0", "QPR_STORE", latin))) {
      assertThat(server.awaitReady()).isFalse();
      assertThat(server.output()).contains("LATIN1", "encoding UTF8");
      assertThat(server.output().lines()).as(server.output()).hasSize(1);
      assertThat(server.exitCode()).isEqualTo(2);
    }
  }
}
