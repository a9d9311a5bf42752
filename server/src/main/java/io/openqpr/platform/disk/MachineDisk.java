package io.openqpr.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The file system of this machine.
final class MachineDisk implements Disk {

  private static final FileAttribute<?>[] NONE = {};
  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  @Override
  public DiskFile create(Path file, Access access) throws IOException {
    Files.deleteIfExists(file);
    boolean restricted =
        access == Access.OWNER
            && file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return opened(file, FileChannel.open(file, options, restricted ? OWNER_ONLY : NONE));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return opened(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile openToRead(Path file) throws IOException {
    return opened(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  private static DiskFile opened(Path file, FileChannel channel) {
    return new Opened(file, channel, keyOf(file));
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Override
  public boolean exists(Path file) {
    return !Files.notExists(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public void makeDirectories(Path directory) throws IOException {
    Path wanted = directory.toAbsolutePath().normalize();
    if (Files.isDirectory(wanted)) {
      return;
    }
    Path above = wanted.getParent();
    if (above != null) {
      makeDirectories(above);
    }
    Files.createDirectories(wanted);
    if (above != null) {
      syncDirectory(above);
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void deleteAll(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(file)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long freeBytes(Path file) throws IOException {
    return Files.getFileStore(Files.isDirectory(file) ? file : Disk.directoryOf(file))
        .getUsableSpace();
  }

  /// What tells a file from another that has its name later; null where the system has no such.
  private static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private record Opened(Path file, FileChannel channel, @Nullable Object key) implements DiskFile {

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      return channel.read(into, at);
    }

    @Override
    public void write(ByteBuffer from, long at) throws IOException {
      long next = at;
      while (from.hasRemaining()) {
        next += channel.write(from, next);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public boolean isInPlace() {
      return key == null ? Files.exists(file) : key.equals(keyOf(file));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
