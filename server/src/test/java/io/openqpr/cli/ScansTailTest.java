package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.Cable;
import io.openqpr.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `qpr scans tail` beside the real server, which may go away and come back.
class ScansTailTest {

  private static final String[] TAIL = {"scans", "tail", "--interval", "0.1", "--json"};

  @TempDir Path directory;
  private TestServer server;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void newScansAreTailedEachOnce() throws Exception {
    try (var tail = new RunningCommand(CommandRun.environment(server), TAIL)) {
      begin(tail);
      scan(20);

      awaitAll(tail);
      assertThat(tail.err()).isEmpty();
    }
  }

  @Test
  void aRestartOfTheServerLosesNoScanAndRepeatsNone() throws Exception {
    try (var tail = new RunningCommand(CommandRun.environment(server), TAIL)) {
      begin(tail);
      scan(3); // told before or after, as it comes
      int port = server.port();
      server.close();
      tail.await(() -> !tail.err().isEmpty());
      server = TestServer.on(port, directory);
      scan(3);

      awaitAll(tail);
      assertThat(tail.err().lines()).hasSize(2);
      assertThat(tail.err())
          .startsWith("qpr: the ")
          .endsWith("\nqpr: the server is back; nothing was missed\n");
      assertThat(tail.isRunning()).isTrue();
    }
  }

  @Test
  void linesThatAreCutLoseNoScanAndRepeatNone() throws Exception {
    try (var cable = new Cable(server.port())) {
      Map<String, String> environment = CommandRun.environment(server);
      environment.put("QPR_URL", "http://127.0.0.1:" + cable.port());
      try (var tail = new RunningCommand(environment, TAIL)) {
        begin(tail);
        for (int i = 0; i < 5; i++) {
          scan(10);
          cable.cut(5);
        }
        scan(10);

        awaitAll(tail);
        assertThat(tail.err().lines().count()).isBetween(2L, 10L).isEven();
      }
    }
  }

  @Test
  void onlySuchVisitsAreTailed() throws Exception {
    try (var tail =
        new RunningCommand(
            CommandRun.environment(server), "scans", "tail", "--json", "--language", "de")) {
      while (tail.out().isEmpty()) {
        server.scan(code, "Accept-Language", "en");
        server.scan(code, "Accept-Language", "de-AT");
      }

      assertThat(tail.json())
          .allMatch(scan ->
              server
                  .json("/v1/scans/" + scan.get("id").stringValue() + "?expand=details")
                  .get("details")
                  .get("language")
                  .stringValue()
                  .equals("de-AT"));
    }
  }

  @Test
  void aKeyThatMayNotReadEventsIsToldThatItIsAskedInstead() throws Exception {
    JsonNode key =
        server.json("POST", "/v1/api-keys", "{\"name\": \"n\", \"scopes\": [\"scans:read\"]}");
    Map<String, String> environment = CommandRun.environment(server);
    environment.put("QPR_API_KEY", key.get("key").stringValue());
    server.scan(code); // before, so not new

    try (var tail = new RunningCommand(environment, TAIL)) {
      tail.await(() -> !tail.err().isEmpty());
      scan(3);

      tail.await(() -> tail.json().size() >= 3);
      assertThat(tail.err())
          .startsWith("qpr: no stream of events (")
          .contains("events:read")
          .endsWith("; asking every 0.1 s instead\n");
    }
  }

  @Test
  void aCodeThatIsNotThereEndsIt() {
    CommandRun run = CommandRun.on(server, "scans", "tail", "--code", "qpr_nothing");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("qpr: There is no QPR code with this id");
  }

  /// Scans until the tail tells of one: it has begun.
  private void begin(RunningCommand tail) {
    while (tail.out().isEmpty()) {
      assertThat(tail.isRunning()).as(tail.err()).isTrue();
      scan(1);
    }
  }

  /// All scans since the first that was told, in their order; the last comes after any double one.
  private void awaitAll(RunningCommand tail) throws InterruptedException {
    scan(1);
    String last = ids(server.json("/v1/scans?limit=1").get("scans")).getFirst();
    tail.await(() -> ids(tail.json()).contains(last));
    List<String> told = ids(tail.json());
    List<String> all = ids(server.json("/v1/scans?limit=200").get("scans")).reversed();
    assertThat(told).isEqualTo(all.subList(all.indexOf(told.getFirst()), all.size()));
  }

  private void scan(int times) {
    for (int i = 0; i < times; i++) {
      server.scan(code);
    }
  }

  private static List<String> ids(Iterable<JsonNode> scans) {
    var ids = new ArrayList<String>();
    scans.forEach(scan -> ids.add(scan.get("id").stringValue()));
    return ids;
  }
}
