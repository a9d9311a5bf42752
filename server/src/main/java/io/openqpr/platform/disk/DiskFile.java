package io.openqpr.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file of a [Disk]. Used by one thread at a time.
public interface DiskFile extends AutoCloseable {

  /// Reads what is there, as much as fits; may be less.
  ///
  /// @param at offset in bytes
  /// @return how many bytes, or -1 at the end of the file
  int read(ByteBuffer into, long at) throws IOException;

  /// Writes all of it. When it throws, any part of it may have been written.
  void write(ByteBuffer from, long at) throws IOException;

  /// Returns when all that was written is on the disk. When it throws, it is unknown what is, and a
  /// later sync that returns says nothing about what was written before this one.
  void sync() throws IOException;

  long size() throws IOException;

  /// Whether the name by which it was opened still leads to this file: false when it was deleted,
  /// or another one put into its place, so that nobody will find what is written here.
  boolean isInPlace();

  @Override
  void close() throws IOException;

  /// Where nothing can be done about it.
  default void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // what counts was synced before
    }
  }
}
