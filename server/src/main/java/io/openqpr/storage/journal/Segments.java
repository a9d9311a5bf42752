package io.openqpr.storage.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The journal's files. Each is named by the position of its first byte and holds the bytes from
/// there to the position at which the next one begins; what lies behind that in the file is void.
///
/// Safe for one writing and one deleting thread.
final class Segments {

  private static final String SUFFIX = ".journal";

  private final Path directory;
  private final NavigableMap<Long, Path> byStart;

  private Segments(Path directory, NavigableMap<Long, Path> byStart) {
    this.directory = directory;
    this.byStart = byStart;
  }

  static Segments in(Path directory) throws IOException {
    Files.createDirectories(directory);
    var byStart = new TreeMap<Long, Path>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          byStart.put(Long.valueOf(name.substring(0, name.length() - SUFFIX.length())), file);
        }
      }
    }
    return new Segments(directory, byStart);
  }

  synchronized boolean isEmpty() {
    return byStart.isEmpty();
  }

  synchronized long firstStart() {
    return byStart.firstKey();
  }

  synchronized long lastStart() {
    return byStart.lastKey();
  }

  /// The segment that holds the byte at `position`, open for reading.
  synchronized Segment open(long position) throws IOException {
    Map.Entry<Long, Path> segment = byStart.floorEntry(position);
    if (segment == null) {
      throw new IOException("no journal file holds position " + position);
    }
    Long next = byStart.higherKey(position);
    return new Segment(
        segment.getKey(),
        next == null ? Long.MAX_VALUE : next,
        FileChannel.open(segment.getValue(), StandardOpenOption.READ));
  }

  /// A new, empty segment that begins at `position`; one that began there held nothing valid and is
  /// replaced.
  synchronized FileChannel create(long position) throws IOException {
    Path file = directory.resolve("%020d%s".formatted(position, SUFFIX));
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    syncDirectory();
    byStart.put(position, file);
    return channel;
  }

  /// Deletes the segments that end at or before `position`. The last one always stays.
  synchronized void deleteBefore(long position) {
    List<Long> done = List.copyOf(byStart.headMap(position, true).keySet());
    // The newest of these still holds what comes after the position.
    for (Long start : done.subList(0, Math.max(0, done.size() - 1))) {
      try {
        Files.deleteIfExists(byStart.get(start));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      byStart.remove(start);
    }
  }

  // Without it a power cut may forget the new file's name, and with it what was synced inside.
  private void syncDirectory() throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// @param start position of the first byte
  /// @param end position behind the last byte that may count
  record Segment(long start, long end, FileChannel channel) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
