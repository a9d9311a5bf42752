package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `qpr scans tail` beside the real server, which may go away and come back.
class ScansTailTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private TestServer server;
  private JsonNode code;
  private Thread tail;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.in(directory);
    code = server.createCode("n");
    server.scan(code); // before, so not new
    var terminal = CommandRun.terminal(CommandRun.environment(server), "", out, err);
    tail =
        Thread.ofPlatform()
            .start(() ->
                new Cli(terminal, Map.of())
                    .run(List.of("scans", "tail", "--interval", "0.1", "--json")));
    Thread.sleep(Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() throws Exception {
    tail.interrupt();
    tail.join();
    server.close();
  }

  @Test
  void newScansAreTailedEachOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      server.scan(code);
      Thread.sleep(Duration.ofMillis(20));
    }

    await(() -> ids().size() >= 20);
    Thread.sleep(Duration.ofMillis(500)); // a second print would come now
    assertThat(ids()).isEqualTo(newest(20));
    assertThat(err()).isEmpty();
  }

  @Test
  void aRestartOfTheServerLosesNoScanAndRepeatsNone() throws Exception {
    scan(3);
    await(() -> ids().size() >= 3);
    scan(3); // told before or after, as it comes
    int port = server.port();
    server.close();
    await(() -> !err().isEmpty());
    Thread.sleep(Duration.ofMillis(500)); // asks in vain more than once

    server = TestServer.on(port, directory);
    scan(3);

    await(() -> ids().size() >= 9);
    Thread.sleep(Duration.ofMillis(500));
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(newest(9));
    assertThat(err().lines()).hasSize(1);
    assertThat(err())
        .startsWith("qpr: the server at " + server.url() + " is not reachable: ")
        .endsWith("; trying again until it is\n");
    assertThat(tail.isAlive()).isTrue();
  }

  private void scan(int times) {
    for (int i = 0; i < times; i++) {
      server.scan(code);
    }
  }

  /// Oldest first, as the tail tells them.
  private List<String> newest(int count) {
    var ids = new ArrayList<String>();
    server
        .json("/v1/scans?limit=" + count)
        .get("scans")
        .forEach(scan -> ids.add(scan.get("id").stringValue()));
    return ids.reversed();
  }

  private List<String> ids() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> TestServer.parse(line).get("id").stringValue())
        .toList();
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(Duration.ofMillis(50));
    }
  }
}
