package io.openqpr.storage.journal;

import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.disk.DiskFile;
import io.openqpr.storage.journal.Frames.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// The journal's files. Each is named by the position of its first byte and holds the bytes from
/// there to the position at which the next one begins; what lies behind that in the file is void.
///
/// Safe for one writing and one deleting thread.
final class Segments {

  static final String SUFFIX = ".journal";
  private static final String UNFINISHED = ".new";
  private static final Pattern NAME = Pattern.compile("(\\d{20})" + Pattern.quote(SUFFIX));

  private final Disk disk;
  private final Path directory;
  private final NavigableMap<Long, Segment> byStart = new TreeMap<>();

  /// Deletions that failed, and are tried again.
  final LongAdder undeleted = new LongAdder();

  private Segments(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  record Segment(Path file, SegmentHeader header) {

    long start() {
      return header.start();
    }

    /// Of a position in the file.
    long offset(long position) {
      return header.bytes() + position - start();
    }
  }

  /// @throws IOException with one line, when something is there that is no file of the journal, or
  ///   a damaged one
  static Segments in(Disk disk, Path directory) throws IOException {
    var unusable = new ArrayList<DamagedFileException>();
    Segments segments = in(disk, directory, unusable);
    if (!unusable.isEmpty()) {
      throw unusable.getFirst();
    }
    return segments;
  }

  /// @param unusable gets the damaged ones, which are left out
  static Segments in(Disk disk, Path directory, List<DamagedFileException> unusable)
      throws IOException {
    var segments = new Segments(disk, directory);
    for (Path file : disk.list(directory)) {
      String name = file.getFileName().toString();
      if (name.endsWith(SUFFIX + UNFINISHED)) {
        disk.delete(file);
      } else if (name.endsWith(SUFFIX)) {
        var matcher = NAME.matcher(name);
        if (!matcher.matches()) {
          throw new IOException(file + " is no file of the journal; move it away");
        }
        try {
          segments.add(file, position(file, matcher.group(1)));
        } catch (DamagedFileException e) {
          unusable.add(e);
        }
      }
    }
    return segments;
  }

  private static long position(Path file, String digits) throws IOException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IOException(file + " is no file of the journal; move it away", e);
    }
  }

  private void add(Path file, long start) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(Frames.SEGMENT_HEADER_BYTES);
    try (DiskFile opened = disk.openToRead(file)) {
      while (first.hasRemaining() && opened.read(first, first.position()) >= 0) {
        // more
      }
    }
    try {
      byStart.put(start, new Segment(file, Frames.read(first.flip(), start)));
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, String.valueOf(e.getMessage()));
    } catch (UnsupportedOperationException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /// Leaves out those that only look like files of the first version, because their beginning is
  /// gone.
  ///
  /// @param since position from which on there are none of that version
  synchronized List<DamagedFileException> leaveOutOldOnes(long since) {
    var left = new ArrayList<DamagedFileException>();
    for (Segment segment : all()) {
      if (segment.header().version() == 1 && segment.start() >= since) {
        byStart.remove(segment.start());
        left.add(new DamagedFileException(segment.file(), "its beginning is gone"));
      }
    }
    return left;
  }

  Disk disk() {
    return disk;
  }

  Path directory() {
    return directory;
  }

  synchronized boolean isEmpty() {
    return byStart.isEmpty();
  }

  synchronized long firstStart() {
    return byStart.firstKey();
  }

  synchronized Segment last() {
    return byStart.lastEntry().getValue();
  }

  synchronized List<Segment> all() {
    return List.copyOf(byStart.values());
  }

  /// The segment that holds the byte at `position`.
  synchronized Segment holding(long position) throws IOException {
    Map.Entry<Long, Segment> segment = byStart.floorEntry(position);
    if (segment == null) {
      throw new IOException("no file of the journal holds position " + position);
    }
    return segment.getValue();
  }

  /// Where the one behind it begins; for the last one, a position that is never reached.
  synchronized long endOf(Segment segment) {
    Long next = byStart.higherKey(segment.start());
    return next == null ? Long.MAX_VALUE : next;
  }

  /// Whether all that is still needed from `position` on is where it should be.
  synchronized boolean areInPlace(long position) {
    Long first = byStart.floorKey(position);
    return disk.exists(directory.resolve(Identity.FILE))
        && (first == null
            || byStart.tailMap(first, true).values().stream()
                .allMatch(segment -> disk.exists(segment.file())));
  }

  /// A new segment that begins at `position`, zeros behind its beginning, durably there; one that
  /// began there held nothing valid and is replaced.
  DiskFile create(long position, long salt, ByteBuffer zeros) throws IOException {
    Path file = directory.resolve("%020d%s".formatted(position, SUFFIX));
    Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      try (DiskFile out = disk.create(fresh, Disk.Access.USUAL)) {
        out.write(Frames.segmentHeader(position, salt), 0);
        out.write(zeros.clear(), Frames.SEGMENT_HEADER_BYTES);
        out.sync();
      }
      disk.move(fresh, file);
    } catch (IOException e) {
      disk.deleteQuietly(fresh);
      throw e;
    }
    disk.syncDirectory(directory);
    DiskFile opened = disk.open(file);
    synchronized (this) {
      byStart.put(position, new Segment(file, new SegmentHeader(Frames.VERSION, position, salt)));
    }
    return opened;
  }

  /// Deletes the segments that end at or before `position`. The last one always stays, and so does
  /// one that cannot be deleted now: it is tried again with the next call.
  synchronized void deleteBefore(long position) {
    List<Segment> done = List.copyOf(byStart.headMap(position, true).values());
    // The newest of these still holds what comes after the position.
    for (Segment segment : done.subList(0, Math.max(0, done.size() - 1))) {
      try {
        disk.delete(segment.file());
        byStart.remove(segment.start());
      } catch (IOException | RuntimeException e) {
        undeleted.increment();
        return; // in order, so that a start finds no gap between those that are left
      }
    }
  }
}
