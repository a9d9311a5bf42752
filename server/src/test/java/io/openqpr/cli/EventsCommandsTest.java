package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `qpr events` on the real server.
class EventsCommandsTest {

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
  void aPageSaysWhereToGoOn() {
    server.scan(code);
    server.scan(code);
    while (server.json("/v1/events?types=scan.created").get("events").size() < 2) {
      Thread.onSpinWait(); // a scan is in the feed a moment after its redirect
    }

    CommandRun first = CommandRun.on(server, "events", "list", "--limit", "2");
    assertThat(first.out()).contains("TYPE", "qpr_code.created", code.get("id").stringValue());
    assertThat(first.out().lines()).hasSize(3);
    assertThat(first.err()).startsWith("qpr: there is more: --after ");
    String cursor = first.err().strip().replaceFirst(".* ", "");
    CommandRun second = CommandRun.on(server, "events", "list", "--after", cursor);
    assertThat(second.out().lines()).hasSize(2);
    assertThat(second.err()).startsWith("qpr: that is all until now; go on with --after ");
    assertThat(CommandRun.on(server, "events", "list", "--events", "scan.created", "--json").out())
        .isEqualTo(server.get("/v1/events?types=scan.created").body() + "\n");
  }

  @Test
  void theTailPrintsTheBytesOfTheFeed() throws Exception {
    String beginning =
        CommandRun.on(server, "events", "list").err().strip().replaceFirst(".* ", "");
    server.scan(code);
    try (var tail =
        new RunningCommand(
            CommandRun.environment(server), "events", "tail", "--json", "--after", beginning)) {
      server.scan(code);

      tail.await(() -> tail.json().size() == 2);
      assertThat(tail.json())
          .containsExactlyElementsOf(server.json("/v1/events?types=scan.created").get("events"));
    }
    CommandRun refused = CommandRun.on(server, "events", "tail", "--after", "nothing");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("cursor");
  }
}
