package io.openqpr;

import io.openqpr.config.CannotStartException;
import io.openqpr.config.Settings;
import io.openqpr.config.SettingsReader;
import java.io.PrintStream;
import java.util.List;

/// The command line. Exit codes: 0 done, 2 the server cannot start as it is set up, 64 wrong usage.
public final class Main {

  private static final String USAGE =
      """
      usage: qpr serve             start the server
             qpr demo [--fresh]    start it with lively sample data
      """;

  private Main() {}

  public static void main(String[] args) {
    List<String> words = List.of(args);
    try {
      if (words.equals(List.of("serve"))) {
        serve(System.out);
      } else if (Demo.understands(words)) {
        Demo.run(words, System.out);
      } else {
        System.err.print(USAGE);
        System.exit(64);
      }
    } catch (CannotStartException e) {
      System.err.println("qpr: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void serve(PrintStream out) {
    Settings settings = SettingsReader.read(System.getenv());
    App app = App.start(settings);
    closeAtShutdown(app);
    app.newKey().ifPresent(key -> out.println("API key, shown this once: " + key));
    out.println("OpenQPR is ready at " + app.publicUrl());
  }

  /// SIGTERM and Ctrl-C drain and exit with 0, where the JVM by itself would say 143 or 130.
  static void closeAtShutdown(App app) {
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
