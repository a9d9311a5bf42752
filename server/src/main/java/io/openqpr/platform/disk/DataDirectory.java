package io.openqpr.platform.disk;

import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder of everything this server keeps. It belongs to one process at a time.
public final class DataDirectory implements AutoCloseable {

  private final FileChannel channel;

  private DataDirectory(FileChannel channel) {
    this.channel = channel;
  }

  /// Makes the folder where there is none, and claims it until closed.
  ///
  /// @throws CannotStartException when it cannot be written, or another process has it
  public static DataDirectory lock(Path directory) {
    Path file = directory.resolve("lock");
    FileChannel channel;
    try {
      Files.createDirectories(directory);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotStartException(
          "the data directory %s cannot be written (%s); set QPR_DATA_DIR to one that can"
              .formatted(directory.toAbsolutePath().normalize(), e));
    }
    if (!tryLock(channel)) {
      closeQuietly(channel);
      throw new CannotStartException(
          "the data directory %s is in use by another OpenQPR process; stop that one, or set QPR_DATA_DIR to another"
              .formatted(directory.toAbsolutePath().normalize()));
    }
    return new DataDirectory(channel);
  }

  private static boolean tryLock(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another server in this very process
    } catch (IOException e) {
      return false;
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing was written to it
    }
  }

  /// Gives the folder free for another process.
  @Override
  public void close() {
    closeQuietly(channel);
  }
}
