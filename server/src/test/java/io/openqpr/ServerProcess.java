package io.openqpr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `qpr serve` in a process of its own, to be killed or to fail.
final class ServerProcess implements AutoCloseable {

  private static final Pattern URL = Pattern.compile("ready at http://localhost:(\\d+)");

  private final Process process;
  private final StringBuilder output = new StringBuilder();

  private ServerProcess(Process process) {
    this.process = process;
  }

  static ServerProcess start(Path dataDir, int port) {
    return start(dataDir, port, "duckdb");
  }

  static ServerProcess start(Path dataDir, int port, String store) {
    return start(
        Map.of(
            "QPR_DATA_DIR",
            dataDir.toString(),
            "QPR_PORT",
            String.valueOf(port),
            "QPR_API_KEY",
            TestServer.KEY,
            "QPR_STORE",
            store));
  }

  static ServerProcess start(Map<String, String> environment) {
    return start(environment, "serve");
  }

  /// With no more than so many open files.
  static ServerProcess withFiles(int most, Path dataDir) {
    return start(
        List.of("sh", "-c", "ulimit -n " + most + "; exec \"$@\"", "sh"),
        Map.of("QPR_DATA_DIR", dataDir.toString(), "QPR_PORT", "0", "QPR_API_KEY", TestServer.KEY),
        "serve",
        List.of());
  }

  /// `qpr` with this command.
  static ServerProcess start(Map<String, String> environment, String command) {
    return start(List.of(), environment, command, List.of());
  }

  /// @param flags of its JVM
  static ServerProcess start(Map<String, String> environment, String command, List<String> flags) {
    return start(List.of(), environment, command, flags);
  }

  private static ServerProcess start(
      List<String> before, Map<String, String> environment, String command, List<String> flags) {
    var words = new ArrayList<String>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:+UseCompactObjectHeaders");
    words.add("-XX:+ExitOnOutOfMemoryError");
    words.add("--enable-native-access=ALL-UNNAMED");
    // The tests' class path has an SLF4J that the server does not.
    words.add("-Dslf4j.internal.verbosity=ERROR");
    words.addAll(flags);
    words.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), command));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until the ready line; false when the process ended before.
  boolean awaitReady() throws IOException {
    return awaitLine("OpenQPR is ready");
  }

  /// Reads until a line (or what stands before a carriage return) begins like this; false when the
  /// process ended before.
  boolean awaitLine(String beginning) throws IOException {
    String line;
    while ((line = process.inputReader().readLine()) != null) {
      output.append(line).append('\n');
      if (line.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Where it is ready.
  int port() {
    Matcher url = URL.matcher(output);
    if (!url.find()) {
      throw new IllegalStateException("not ready: " + output);
    }
    return Integer.parseInt(url.group(1));
  }

  String output() {
    return output.toString();
  }

  /// With what was printed since it was ready; waits for the end of the process.
  String wholeOutput() throws IOException {
    return output + process.inputReader().readAllAsString();
  }

  /// As a power cut would, for all that the process can tell.
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /// SIGTERM; returns the exit code.
  int terminate() {
    askToEnd();
    return exitCode();
  }

  /// SIGTERM.
  void askToEnd() {
    // The process's own way would close its output too.
    process.toHandle().destroy();
  }

  int exitCode() {
    return process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
