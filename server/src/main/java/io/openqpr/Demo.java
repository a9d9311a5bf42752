package io.openqpr;

import io.openqpr.demo.SampleData;
import io.openqpr.model.QprCode;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `qpr demo [--fresh]`: the real server with sample data, in a data directory of its own. A
/// restart keeps the data and the key; `--fresh` starts over.
final class Demo {

  /// Holds the demo's key; its presence marks a directory as the demo's, which `--fresh` may empty.
  private static final String MARKER = "demo.key";

  private static final Path DIRECTORY = Path.of("data", "demo");

  private Demo() {}

  static void run(boolean fresh, PrintStream out) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putIfAbsent("QPR_DATA_DIR", DIRECTORY.toString());
    Path directory = Path.of(environment.get("QPR_DATA_DIR"));
    if (fresh) {
      clear(directory);
    }
    environment.putIfAbsent("QPR_API_KEY", readKey(directory));
    Settings settings = SettingsReader.read(environment);

    App app = App.start(settings);
    Main.closeAtShutdown(app);
    String key = app.newKey().orElse(environment.get("QPR_API_KEY"));
    keep(directory, key);
    var sample = new SampleData(app.ground(), app.firstAccount());
    List<QprCode> codes = sample.prepare(percent -> progress(out, percent));
    tell(out, app.publicUrl(), key, codes.getLast());
    Thread.ofVirtual().name("demo-trickle").start(() -> sample.trickle(codes));
  }

  private static String readKey(Path directory) {
    Path marker = directory.resolve(MARKER);
    try {
      return Files.exists(marker) ? Files.readString(marker).strip() : "";
    } catch (IOException e) {
      throw new CannotStartException(marker + " cannot be read: " + e.getMessage());
    }
  }

  private static void keep(Path directory, String key) {
    try {
      Files.writeString(directory.resolve(MARKER), key);
    } catch (IOException e) {
      throw new CannotStartException(
          "the demo cannot write to " + directory + ": " + e.getMessage());
    }
  }

  /// Empties the demo's directory; any other is left as it is.
  private static void clear(Path directory) {
    if (Files.notExists(directory)) {
      return;
    }
    if (Files.notExists(directory.resolve(MARKER))) {
      throw new CannotStartException(
          directory
              + " was not made by `qpr demo`, so --fresh does not empty it; delete it yourself");
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CannotStartException(directory + " cannot be emptied: " + e.getMessage());
    }
  }

  private static void progress(PrintStream out, int percent) {
    out.printf("\rWriting sample scans … %d %%%s", percent, percent == 100 ? "\n" : "");
    out.flush();
  }

  private static void tell(PrintStream out, String url, String key, QprCode code) {
    String id = code.ref().id().text();
    out.printf(
        """
        OpenQPR is ready at %1$s

        API key   %2$s
        Scan      %1$s/s/%3$s
        Code      %4$s  %5$s

        Scan it, list the scans, ask for the numbers:

        curl -i -A "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile Safari" %1$s/s/%3$s
        curl -H "Authorization: Bearer %2$s" "%1$s/v1/scans?qpr_code_id=%4$s&limit=3"
        curl -H "Authorization: Bearer %2$s" "%1$s/v1/qpr-codes/%4$s/analytics?period=7d&timezone=Europe/Berlin"

        New scans keep coming while this runs. Ctrl-C stops; `qpr demo --fresh` starts over.
        """,
        url, key, code.ref().shortId(), id, code.name());
  }
}
