package io.openqpr.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files of secret bytes, which only their owner reads.
public final class SecretFile {

  private SecretFile() {}

  /// Renamed into place only when synced: a crash leaves no half secret, and what was made with it
  /// never loses it.
  public static void create(Path file, byte[] bytes) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(half);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(half);
    }
    write(half, bytes);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Overwrites the file before it is deleted.
  public static void destroy(Path file) throws IOException {
    write(file, new byte[(int) Files.size(file)]);
    Files.delete(file);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
  }
}
