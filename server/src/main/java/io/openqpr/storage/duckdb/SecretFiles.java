package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.disk.SecretFile;
import io.openqpr.storage.store.SecretStore;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// Secrets in files beside the database, one each: what is deleted from a table stays in the
/// database's file until its place is used again; a file of its own can be overwritten.
final class SecretFiles implements SecretStore {

  private static final String ENDING = ".key";

  private final Disk disk;
  private final Path directory;

  /// @param directory made when it is needed
  SecretFiles(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  @Override
  public synchronized byte[] shared(String name, byte[] own) {
    Path file = directory.resolve(name + ENDING);
    try {
      if (disk.exists(file)) {
        return disk.read(file);
      }
      disk.makeDirectories(directory);
      SecretFile.create(disk, file, own);
      return own;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public synchronized void forget(String prefix, Set<String> kept) {
    try {
      for (Path file : disk.list(directory)) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix)
            && !(name.endsWith(ENDING)
                && kept.contains(name.substring(0, name.length() - ENDING.length())))) {
          SecretFile.destroy(disk, file);
        }
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static StoreException unavailable(IOException e) {
    return new StoreException(
        Kind.UNAVAILABLE, "a secret cannot be kept or thrown away: " + e.getMessage(), e);
  }
}
