package io.openqpr.capture.place;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The database files, and what was opened of them. All but [#opened] is called by one thread at a
/// time.
final class PlaceFiles {

  private static final Logger LOG = System.getLogger(PlaceFiles.class.getName());

  /// By this a changed file is known from the one before.
  private record Stamp(FileTime modified, long bytes) {}

  private final Path source;
  private final Path workspace;
  private final PlaceFields fields = new PlaceFields(new Regions());
  private final Map<Path, Stamp> tried = new HashMap<>();
  private final Map<Path, PlaceDatabase> databases = new TreeMap<>();
  private Map<Path, Stamp> lastSeen = Map.of();
  private volatile List<PlaceDatabase> opened = List.of();

  /// @param source a file, or a folder whose `*.mmdb` are meant
  PlaceFiles(Path source, Path workspace) {
    this.source = source;
    this.workspace = workspace;
  }

  /// In the order of the files' names.
  List<PlaceDatabase> opened() {
    return opened;
  }

  /// The first look.
  ///
  /// @throws IOException with one line, when a file cannot be used
  void openAll() throws IOException {
    PlaceDatabase.clear(workspace);
    lastSeen = look();
    for (var file : lastSeen.entrySet()) {
      open(file.getKey(), file.getValue());
    }
    opened = List.copyOf(databases.values());
  }

  /// Opens what is new. A file is left alone until it has been the same twice, so that one which is
  /// being written is not read half. One that cannot be used is told once, and the database that
  /// was opened before stays; so it does when its file is gone.
  void refresh() {
    try {
      Map<Path, Stamp> now = look();
      for (var file : now.entrySet()) {
        Stamp stamp = file.getValue();
        boolean settled = stamp.equals(lastSeen.get(file.getKey()));
        if (settled && !stamp.equals(tried.get(file.getKey()))) {
          replace(file.getKey(), stamp);
        }
      }
      lastSeen = now;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the place databases cannot be looked for", e);
    }
  }

  private void replace(Path file, Stamp stamp) {
    boolean first = !databases.containsKey(file);
    try {
      open(file, stamp);
      opened = List.copyOf(databases.values());
      LOG.log(Level.INFO, (first ? "uses the place database " : "uses the new ") + file);
    } catch (IOException e) {
      String rest = first ? "" : "; the one before stays in use";
      LOG.log(Level.WARNING, e.getMessage() + rest);
    }
  }

  private void open(Path file, Stamp stamp) throws IOException {
    tried.put(file, stamp);
    try {
      Files.createDirectories(workspace);
      databases.put(file, PlaceDatabase.open(file, workspace, fields));
    } catch (IOException e) {
      throw new IOException(
          "the place database %s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Map<Path, Stamp> look() throws IOException {
    var found = new TreeMap<Path, Stamp>();
    for (Path file : files()) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        found.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
      } catch (NoSuchFileException e) {
        // gone meanwhile
      }
    }
    return found;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(source)) {
      return Files.exists(source) ? List.of(source) : List.of();
    }
    try (Stream<Path> all = Files.list(source)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".mmdb"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
