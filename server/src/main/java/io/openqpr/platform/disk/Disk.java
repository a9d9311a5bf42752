package io.openqpr.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// Where this server's own files are: the one door to them, passed in, so that tests can have disks
/// that fail, fill up and lose their power. Every method may be called from any thread.
///
/// What is written is certain only after a sync: of the file for its bytes, of the directory for
/// its name. [#replace] does all that there is to do; whoever needs more takes the single steps.
public interface Disk {

  /// Who may read and write a new file, where the file system knows about that.
  enum Access {
    /// As the process is set up.
    USUAL,
    /// Only the user of this process.
    OWNER
  }

  /// The disk of this machine.
  static Disk ofMachine() {
    return new MachineDisk();
  }

  /// A new, empty file, open; one of that name is deleted before. Its name is certain after
  /// [#syncDirectory].
  DiskFile create(Path file, Access access) throws IOException;

  /// An existing file, to be read and written.
  DiskFile open(Path file) throws IOException;

  /// An existing file, to be read.
  DiskFile openToRead(Path file) throws IOException;

  /// All of a small file.
  byte[] read(Path file) throws IOException;

  boolean exists(Path file);

  /// What is in the directory, by name; nothing where it is not there.
  List<Path> list(Path directory) throws IOException;

  /// Makes the directory and those above it, where they are not there, and syncs their names.
  void makeDirectories(Path directory) throws IOException;

  /// At once and in place of what has that name; certain after [#syncDirectory].
  void move(Path from, Path to) throws IOException;

  /// A file, or an empty directory; certain after [#syncDirectory]. One that is not there is fine.
  void delete(Path file) throws IOException;

  /// Makes certain which names are in the directory. Without it a power cut may forget a new file,
  /// and with it what was synced inside, or remember one that was deleted.
  void syncDirectory(Path directory) throws IOException;

  /// How much more can be written beside this file or in this directory.
  long freeBytes(Path file) throws IOException;

  /// Memory from which this disk writes, and into which it reads, without another copy.
  default ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  /// Puts the bytes into the file's place, durably: after a crash at any moment there is what was
  /// there before or all of this, and this when the method has returned.
  default void replace(Path file, byte[] bytes, Access access) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (DiskFile out = create(fresh, access)) {
        out.write(ByteBuffer.wrap(bytes), 0);
        out.sync();
      }
      move(fresh, file);
    } catch (IOException e) {
      deleteQuietly(fresh);
      throw e;
    }
    syncDirectory(directoryOf(file));
  }

  /// A file, or a directory with all that is in it; links are deleted, not followed.
  void deleteAll(Path file) throws IOException;

  /// A part that nobody needs any more: its rest takes room, and nothing else.
  default void deleteQuietly(Path file) {
    try {
      delete(file);
    } catch (IOException e) {
      // whoever needs the name deletes it before
    }
  }

  /// In which the file is.
  static Path directoryOf(Path file) {
    return file.toAbsolutePath().resolveSibling("").normalize();
  }
}
