package io.openqpr.cli;

import io.openqpr.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One command, run as a terminal of 80 columns would see it.
record CommandRun(int code, String out, String err) {

  static CommandRun on(TestServer server, String... words) {
    return with(environment(server), "", words);
  }

  static CommandRun with(Map<String, String> environment, String in, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = new Cli(terminal(environment, in, out, err), Map.of()).run(List.of(words));
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Map<String, String> environment(TestServer server) {
    return new HashMap<>(Map.of("QPR_URL", server.url() + "/", "QPR_API_KEY", TestServer.KEY));
  }

  static Terminal terminal(
      Map<String, String> environment,
      String in,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err) {
    return new Terminal(
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        environment,
        () -> 80,
        () -> 0);
  }
}
