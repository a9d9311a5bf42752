package io.openqpr.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Files of secret bytes, which only their owner reads.
public final class SecretFile {

  private SecretFile() {}

  /// There durably when it returns: what is made with the secret never loses it.
  public static void create(Disk disk, Path file, byte[] bytes) throws IOException {
    disk.replace(file, bytes, Disk.Access.OWNER);
  }

  /// Overwrites the file before it is deleted.
  public static void destroy(Disk disk, Path file) throws IOException {
    try (DiskFile bytes = disk.open(file)) {
      bytes.write(ByteBuffer.allocate((int) bytes.size()), 0);
      bytes.sync();
    }
    disk.delete(file);
    disk.syncDirectory(Disk.directoryOf(file));
  }
}
