package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.operations.copy.StoreCopy;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.CitusServer;
import io.openqpr.storage.postgres.PostgresServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole server on several machines, with the locks that PostgreSQL comes with.
class OnCitusTest {

  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  @TempDir Path directory;

  @BeforeAll
  static void where() {
    CitusServer.isOffered();
  }

  @Test
  void scansOfEveryYearThatIsTakenAreImportedListedCountedAndErased() {
    try (var server = TestServer.sharing(CitusServer.newSchema(), directory)) {
      JsonNode code = server.createCode("Door");
      var lines = new StringBuilder();
      for (int year = 2000; year <= 2026; year++) {
        lines.append(
            "{\"id\":\"till-%1$d\",\"qpr_code_id\":\"%2$s\",\"scanned_at\":\"%1$d-01-31T12:00:00Z\"}\n"
                .formatted(year, code.get("id").stringValue()));
      }
      JsonNode imported =
          TestServer.parse(
              server.send(
                  server
                      .request("/v1/scans/import")
                      .header("Content-Type", "application/x-ndjson")
                      .POST(BodyPublishers.ofString(lines.toString()))));
      assertThat(imported.get("imported").intValue()).isEqualTo(27);
      server.scan(code);
      JsonNode page = server.json("/v1/scans?limit=5&offset=20");
      assertThat(page.get("total").intValue()).isEqualTo(28);
      assertThat(page.get("scans").get(0).get("id").stringValue()).isEqualTo("till-2007");
      assertThat(server.json("/v1/analytics?period=all").get("scans_total").intValue())
          .isEqualTo(28);
      assertThat(server.send("DELETE", "/v1/scans/till-2000", "").statusCode()).isEqualTo(200);
      assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(27);
    }
  }

  @Test
  void aFilesDataAreCopiedThere() {
    Path data = directory.resolve("data");
    List<String> questions = List.of("/v1/scans?limit=200", "/v1/analytics", "/v1/qpr-codes");
    List<String> before;
    try (var server = TestServer.in(data)) {
      JsonNode code = server.createCode("Door");
      for (int i = 0; i < 20; i++) {
        server.scan(code);
      }
      before = answers(server, questions);
    }
    String url = CitusServer.newSchema();

    StoreCopy.run(data, PostgresUrl.parse(url), NOWHERE);

    try (var server = TestServer.sharing(url, data)) {
      assertThat(answers(server, questions)).isEqualTo(before);
    }
  }

  @Test
  void webhooksAreToldOfWhatHappens() {
    try (var server = TestServer.sharing(CitusServer.newSchema(), directory);
        var receiver = new WebhookReceiver()) {
      server.json(
          "POST",
          "/v1/webhooks",
          "{\"url\": \"%s\", \"events\": [\"scan.created\", \"qpr_code.created\"]}"
              .formatted(receiver.url()));
      receiver.answer(got -> got.sequence() == 3 ? 503 : 200);
      JsonNode code = server.createCode("Door");
      for (int i = 0; i < 20; i++) {
        server.scan(code);
      }
      var first = receiver.next(21);
      assertThat(first.stream().map(WebhookReceiver.Got::sequence).sorted().toList())
          .isEqualTo(LongStream.rangeClosed(1, 21).boxed().toList());
      receiver.answer(_ -> 200);
      assertThat(receiver.next().sequence()).isEqualTo(3);
    }
  }

  @Test
  void aWorkerIsRefused() {
    String coordinator = CitusServer.newSchema();
    String worker =
        PostgresServer.ask(
            coordinator, "select nodename || ':' || nodeport from pg_dist_node where groupid > 0");
    assertRefused(coordinator.replaceFirst("@[^/]*", "@" + worker), "worker of Citus");
  }

  @Test
  void tablesOfAnotherProgramAreLeftAlone() {
    String url = CitusServer.newSchema();
    PostgresServer.execute(url, "create table invoices (id integer)");
    assertRefused(url, "tables of another program");
    assertThat(
            PostgresServer.ask(
                url, "select count(*) from pg_tables where schemaname = current_schema()"))
        .isEqualTo("1");
  }

  private void assertRefused(String url, String why) {
    assertThatThrownBy(() -> TestServer.sharing(url, directory))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(why);
  }

  private static List<String> answers(TestServer server, List<String> questions) {
    // Each server has an address of its own.
    return questions.stream()
        .map(question ->
            server.json(question).toString().replaceAll("http://localhost:\\d+", "http://server"))
        .toList();
  }
}
