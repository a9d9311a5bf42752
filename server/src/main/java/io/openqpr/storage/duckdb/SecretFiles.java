package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.SecretFile;
import io.openqpr.storage.store.SecretStore;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Secrets in files beside the database, one each: what is deleted from a table stays in the
/// database's file until its place is used again; a file of its own can be overwritten.
final class SecretFiles implements SecretStore {

  private static final String ENDING = ".key";

  private final Path directory;

  /// @param directory made when it is needed
  SecretFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public synchronized byte[] shared(String name, byte[] own) {
    Path file = directory.resolve(name + ENDING);
    try {
      if (Files.exists(file)) {
        return Files.readAllBytes(file);
      }
      Files.createDirectories(directory);
      SecretFile.create(file, own);
      return own;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public synchronized void forget(String prefix, Set<String> kept) {
    try {
      for (Path file : files()) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix)
            && !(name.endsWith(ENDING)
                && kept.contains(name.substring(0, name.length() - ENDING.length())))) {
          SecretFile.destroy(file);
        }
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private List<Path> files() throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static StoreException unavailable(IOException e) {
    return new StoreException(
        Kind.UNAVAILABLE, "a secret cannot be kept or thrown away: " + e.getMessage(), e);
  }
}
