package io.openqpr.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server in a process of its own, as users run it.
final class Child implements AutoCloseable {

  static final String API_KEY = "bench-key";

  private static final List<String> FLAGS =
      List.of("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final int port;

  private Child(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Child bareServer() throws IOException {
    int port = freePort();
    String classPath = System.getProperty("java.class.path");
    return start(
        port, Map.of(), "-cp", classPath, BareServer.class.getName(), String.valueOf(port));
  }

  /// `qpr serve` on a data directory.
  static Child openQpr(Path dataDir, String store) throws IOException {
    return openQpr(System.getProperty("qpr.server.jar"), dataDir, store);
  }

  /// The same of another version.
  static Child openQpr(String jar, Path dataDir, String store) throws IOException {
    return openQpr(jar, dataDir, store, Map.of());
  }

  /// As [#openQpr], and webhooks may be sent to this machine.
  static Child openQprWithWebhooks(Path dataDir, String store) throws IOException {
    return openQpr(
        System.getProperty("qpr.server.jar"),
        dataDir,
        store,
        Map.of("QPR_WEBHOOK_NETWORKS", "127.0.0.0/8"));
  }

  private static Child openQpr(String jar, Path dataDir, String store, Map<String, String> settings)
      throws IOException {
    int port = freePort();
    var environment = new HashMap<>(settings);
    environment.put("QPR_PORT", String.valueOf(port));
    environment.put("QPR_DATA_DIR", dataDir.toString());
    environment.put("QPR_API_KEY", API_KEY);
    environment.put("QPR_RATE_LIMITS", "off");
    environment.put("QPR_STORE", store);
    return start(port, environment, "-jar", jar, "serve");
  }

  private static Child start(int port, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    // A benchmark that is stopped takes its servers with it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var reader = process.inputReader();
    String line;
    while ((line = reader.readLine()) != null) {
      if (line.contains("ready")) {
        return new Child(process, port);
      }
      System.err.println(line);
    }
    throw new IOException("the server did not start");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /// Resident memory in MiB, as the kernel counts it.
  long residentMiB() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return -1;
  }

  /// Time of processors that it used since its start, in milliseconds, as the kernel counts it.
  long cpuMillis() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  /// What is left of its heap after a full collection, in MiB.
  long liveHeapMiB() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return new Api(url()).counter("jvm_memory_used_bytes{area=\"heap\"}") >> 20;
  }

  /// SIGTERM, and waits until everything is written.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
