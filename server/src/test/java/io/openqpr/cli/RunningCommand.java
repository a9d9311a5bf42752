package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// A command that goes on until it is ended, and what it has printed so far.
final class RunningCommand implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Thread thread;
  private volatile int code = -1;

  RunningCommand(Map<String, String> environment, String... words) {
    var cli = new Cli(CommandRun.terminal(environment, "", out, err), Map.of());
    thread = Thread.ofPlatform().start(() -> code = cli.run(List.of(words)));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// Each whole line of stdout.
  List<JsonNode> json() {
    String text = out();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(TestServer::parse).toList();
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  /// Its exit code, when it has ended by itself.
  int code() throws InterruptedException {
    thread.join(PATIENCE);
    return code;
  }

  void await(BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("in time; stdout: %s stderr: %s", out(), err())
          .isLessThan(end);
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
