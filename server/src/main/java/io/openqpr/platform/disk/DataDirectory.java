package io.openqpr.platform.disk;

import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder of everything this server keeps. It belongs to one process at a time.
public final class DataDirectory implements AutoCloseable {

  private static final String DATABASE = "openqpr.duckdb";

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Makes the folder where there is none, claims it until closed, and throws away what a killed
  /// process left in its workspace: parts of exports would keep people who are erased.
  ///
  /// @throws CannotStartException when it cannot be written, or another process has it
  public static DataDirectory lock(Disk disk, Path path) {
    FileChannel channel;
    try {
      disk.makeDirectories(path);
      channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotStartException(
          "the data directory %s cannot be written (%s); set QPR_DATA_DIR to one that can"
              .formatted(path.toAbsolutePath().normalize(), e));
    }
    var directory = new DataDirectory(path, channel);
    if (!directory.isLocked()) {
      directory.close();
      throw new CannotStartException(
          "the data directory %s is in use by another OpenQPR process; stop that one, or set QPR_DATA_DIR to another"
              .formatted(path.toAbsolutePath().normalize()));
    }
    directory.clearWorkspace(disk);
    return directory;
  }

  private boolean isLocked() {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another server in this very process
    } catch (IOException e) {
      return false;
    }
  }

  private void clearWorkspace(Disk disk) {
    try {
      disk.deleteAll(workspace());
    } catch (IOException e) {
      close();
      throw new CannotStartException(
          "%s cannot be emptied: %s; delete it yourself".formatted(workspace(), e));
    }
  }

  public Path path() {
    return path;
  }

  /// The embedded store's file.
  public Path database() {
    return databaseIn(path);
  }

  static Path databaseIn(Path path) {
    return path.resolve(DATABASE);
  }

  public Path journal() {
    return path.resolve("journal");
  }

  /// Room for work, empty at the start; made when it is needed.
  public Path workspace() {
    return path.resolve("tmp");
  }

  /// Gives the folder free for another process.
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // nothing was written to it
    }
  }
}
