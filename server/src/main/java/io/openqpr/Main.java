package io.openqpr;

import io.openqpr.cli.Cli;
import io.openqpr.cli.Terminal;
import io.openqpr.operations.copy.StoreCopy;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line. Exit codes: 0 done, 1 a server refused, 2 this server cannot start as it is
/// set up, 64 wrong usage, 69 a server is not reachable.
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    List<String> words = List.of(args);
    // The plain start does not wait for the classes that read command lines.
    int code = words.equals(List.of("serve")) ? new Serve().call() : client(words);
    // A server's threads go on when this one ends.
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int client(List<String> words) {
    return new Cli(Terminal.ofProcess(), commandsOfServer()).run(words);
  }

  /// By their names; the launcher names them too.
  static Map<String, Object> commandsOfServer() {
    Map<String, Object> ofServer = new LinkedHashMap<>();
    ofServer.put("serve", new Serve());
    ofServer.put("demo", new DemoCommand());
    ofServer.put("copy", new Copy());
    ofServer.put("geo", new GeoCommand());
    ofServer.put("key", new KeyCommand(Clock.systemUTC()));
    ofServer.put("journal", new JournalCommand());
    return ofServer;
  }

  @Command(description = "Start the server; its settings are environment variables.")
  private static final class Serve implements Callable<Integer> {

    @Override
    public Integer call() {
      return starting(() -> serve(System.out));
    }
  }

  @Command(
      description =
          "Start the server with lively sample data, in the folder demo of the data directory.")
  private static final class DemoCommand implements Callable<Integer> {

    @Option(names = "--fresh", description = "Throw the sample data away and start over.")
    private boolean fresh;

    @Override
    public Integer call() {
      return starting(() -> Demo.run(fresh, System.getenv(), System.out));
    }
  }

  @Command(description = "Copy a stopped server's data into an empty PostgreSQL database.")
  private static final class Copy implements Callable<Integer> {

    @Option(names = "--from", required = true, description = "The data directory.")
    private Path from = Path.of("data");

    @Option(
        names = "--to",
        required = true,
        description = "postgresql://user:password@host:5432/database")
    private String to = "";

    @Override
    public Integer call() {
      return starting(() -> StoreCopy.run(from, url(to), System.out));
    }

    private static PostgresUrl url(String text) {
      try {
        return PostgresUrl.parse(text);
      } catch (IllegalArgumentException e) {
        throw new CannotStartException(
            "--to must be a URL such as postgresql://user:password@host:5432/openqpr");
      }
    }
  }

  static int starting(Runnable start) {
    try {
      start.run();
      return 0;
    } catch (CannotStartException e) {
      System.err.println("qpr: " + e.getMessage());
      return 2;
    }
  }

  private static void serve(PrintStream out) {
    HeapShare.warning().ifPresent(warning -> System.err.println("qpr: " + warning));
    Settings settings = SettingsReader.read(System.getenv());
    App app = App.start(settings, key -> out.println("API key, shown this once: " + key));
    endWith(app);
    String places = app.knowsPlaces() ? "" : " (no place database; ./qpr geo install gets one)";
    out.println("OpenQPR is ready at " + app.publicUrl() + places);
  }

  /// The process ends with the app, and when the app must not go on.
  static void endWith(App app) {
    closeAtShutdown(app);
    app.mustStop().thenAccept(Main::stop);
  }

  /// At once: nothing that this server answers is counted any more.
  private static void stop(String reason) {
    System.err.println("qpr: " + reason);
    Runtime.getRuntime().halt(2);
  }

  /// SIGTERM and Ctrl-C drain and exit with 0, where the JVM by itself would say 143 or 130.
  private static void closeAtShutdown(App app) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  app.close();
                  Runtime.getRuntime().halt(0);
                },
                "shutdown"));
  }
}
