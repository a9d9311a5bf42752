package io.openqpr;

import io.openqpr.demo.SampleData;
import io.openqpr.model.QprCode;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Disk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `qpr demo [--fresh]`: the real server with sample data, always on the embedded store and in a
/// folder of its own, `demo` inside the data directory: whatever else the environment says, it
/// never touches the data of a real server. A restart keeps the data and the key; `--fresh` starts
/// over.
final class Demo {

  /// Holds the demo's key. Made before anything else, it marks a folder as the demo's, which alone
  /// may be emptied.
  private static final String KEY = "demo.key";

  /// There when the whole sample was written: what was broken off is begun anew.
  private static final String COMPLETE = "demo.complete";

  private static final String FOLDER = "demo";

  /// Where whoever tries webhooks has the receiver. A real server refuses it unless told.
  private static final String THIS_MACHINE = "127.0.0.0/8,::1/128";

  private final Path directory;
  private final PrintStream out;

  private Demo(Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
  }

  static void run(boolean fresh, Map<String, String> environment, PrintStream out) {
    String data = environment.getOrDefault("QPR_DATA_DIR", "");
    new Demo(Path.of(data.isBlank() ? "data" : data, FOLDER), out).run(fresh, environment);
  }

  private void run(boolean fresh, Map<String, String> given) {
    Map<String, String> environment = new HashMap<>(given);
    environment.put("QPR_DATA_DIR", directory.toString());
    environment.remove("QPR_STORE");
    String key = key(environment.getOrDefault("QPR_API_KEY", ""));
    environment.put("QPR_API_KEY", key);
    if (environment.getOrDefault("QPR_WEBHOOK_NETWORKS", "").isBlank()) {
      environment.put("QPR_WEBHOOK_NETWORKS", THIS_MACHINE);
    }
    Settings settings = SettingsReader.read(environment);
    if (fresh || Files.notExists(directory.resolve(COMPLETE))) {
      clear();
    }

    App app = App.start(settings);
    Main.endWith(app);
    var sample = new SampleData(app.ground(), app.firstAccount());
    List<QprCode> codes;
    try {
      codes = sample.prepare(this::progress);
    } catch (RuntimeException e) {
      if (app.isClosed()) {
        return; // Ctrl-C while it was filled
      }
      throw e;
    }
    write(COMPLETE, "");
    tell(app.publicUrl(), key, codes.getLast());
    sample.trickle(codes);
  }

  /// The demo's key: the one given, else that of the last time, else a new one.
  private String key(String given) {
    try {
      Path file = directory.resolve(KEY);
      boolean isTheDemos = Files.exists(file);
      if (!isTheDemos && !isEmpty()) {
        throw new CannotStartException(
            directory + " was not made by `qpr demo`; move it away, the demo needs this folder");
      }
      String kept = isTheDemos ? Files.readString(file).strip() : "";
      String key = !given.isBlank() ? given : !kept.isEmpty() ? kept : newKey();
      Files.createDirectories(directory);
      write(KEY, key);
      return key;
    } catch (IOException e) {
      throw new CannotStartException("the demo cannot use " + directory + ": " + e.getMessage());
    }
  }

  private static String newKey() {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    return "demo_" + HexFormat.of().formatHex(random);
  }

  private boolean isEmpty() throws IOException {
    if (Files.notExists(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new CannotStartException(
          "the demo cannot write to " + directory + ": " + e.getMessage());
    }
  }

  /// Empties the demo's folder of all but its key, while no other process has it.
  private void clear() {
    Path key = directory.resolve(KEY);
    try (DataDirectory _ = DataDirectory.lock(Disk.ofMachine(), directory);
        Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean stays = file.equals(directory) || file.equals(key) || file.endsWith("lock");
        if (!stays) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new CannotStartException(directory + " cannot be emptied: " + e.getMessage());
    }
  }

  private void progress(int percent) {
    out.printf("\rWriting sample scans … %d %%%s", percent, percent == 100 ? "\n" : "");
    out.flush();
  }

  private void tell(String url, String key, QprCode code) {
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
