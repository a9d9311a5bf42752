package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.cli.Cli;
import io.openqpr.cli.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `qpr` as a process: its exit code, and that neither half of it waits for the other's classes.
class MainTest {

  @TempDir Path directory;

  @Test
  void aClientCommandLoadsNothingOfTheServer() throws Exception {
    try (var server = TestServer.in(directory.resolve("data"))) {
      Path log = directory.resolve("classes");

      Ran ran =
          qpr(
              log,
              Map.of("QPR_URL", server.url(), "QPR_API_KEY", TestServer.KEY),
              "codes",
              "create",
              "Tür",
              "--prompt",
              "p");

      assertThat(ran.code()).as(ran.output()).isZero();
      assertThat(ran.output()).contains("Tür");
      assertThat(loaded(log))
          .contains("io.openqpr.cli.CodesCreate")
          .noneMatch(name -> name.equals("io.openqpr.App"))
          .noneMatch(name -> name.startsWith("io.openqpr.web") || name.startsWith("org.duckdb"));
    }
  }

  @Test
  void theLauncherPassesOnTheCommandsThereAreAndItsHelpTellsOfEach() throws Exception {
    String launcher = Files.readString(Path.of("../qpr"));
    String passedOn =
        launcher.lines().filter(line -> line.endsWith(" | --version)")).findFirst().orElseThrow();
    var commands = new TreeSet<>(new Cli(Terminal.ofProcess(), Main.commandsOfServer()).commands());
    assertThat(passedOn.replace(" | --version)", "").strip().split(" \\| "))
        .containsExactlyInAnyOrderElementsOf(commands);
    for (String command : commands) {
      assertThat(launcher).containsPattern("(?m)^  " + command + " {2,}\\w");
    }
  }

  @Test
  void aServerLoadsNothingOfTheClient() throws Exception {
    Path log = directory.resolve("classes");
    Path file = Files.writeString(directory.resolve("file"), "no directory");

    // It gets as far as its data directory.
    Ran ran = qpr(log, Map.of("QPR_DATA_DIR", file.toString(), "QPR_PORT", "0"), "serve");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(loaded(log))
        .contains("io.openqpr.App")
        .noneMatch(name -> name.startsWith("picocli") || name.startsWith("io.openqpr.cli"));
  }

  @Test
  void theDemoToldToStartWhereItCannotExitsWith2() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no directory");

    Ran ran =
        qpr(directory.resolve("classes"), Map.of("QPR_DATA_DIR", file + "/x"), "demo", "--fresh");

    assertThat(ran.code()).as(ran.output()).isEqualTo(2);
    assertThat(ran.output().lines()).as(ran.output()).hasSize(1);
  }

  @Test
  void wrongWordsBehindServeAreRefused() throws Exception {
    Ran ran = qpr(directory.resolve("classes"), Map.of(), "serve", "--port", "80");

    assertThat(ran.code()).isEqualTo(64);
    assertThat(ran.output()).startsWith("qpr: Unknown options: '--port'");
  }

  private record Ran(int code, String output) {}

  private static Ran qpr(Path log, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log + "::filecount=0",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue(), output);
  }

  /// Lines such as `[0.123s][info][class,load] io.openqpr.Main source: file:…`.
  private static List<String> loaded(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("] "))
        .map(line -> line.substring(line.lastIndexOf("] ") + 2).split(" ", 2)[0])
        .toList();
  }
}
