package io.openqpr.storage.journal;

import io.openqpr.platform.disk.DiskFile;
import io.openqpr.storage.journal.Frames.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Appends frames to the last segment and syncs them. Used by one thread.
///
/// After a failure the segment is given up: what the disk made of the failed write is unknown, so
/// the next write begins a new segment at the last synced position, which voids the rest.
final class SegmentWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 20;

  /// How often it is looked whether the file is still there: looking takes a tenth of a sync's
  /// time, and whoever takes the file away takes what was answered before with it.
  private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(10).toNanos();

  private final Segments segments;
  private final Limits limits;
  private final LongSupplier nanos;
  private final LongSupplier salts;
  private final LongSupplier neededFrom;
  private final ByteBuffer buffer;

  /// Zeros written and synced ahead. A sync of a file that does not grow is almost twice as fast,
  /// and a file that is shorter than what was made is known to be cut.
  private final ByteBuffer zeros;

  private @Nullable DiskFile file;
  private SegmentHeader header;
  private boolean broken = true; // nothing is written behind what an earlier start wrote
  private long begunNanos;
  private long lookedNanos;
  private long allocated;
  private long synced;

  /// @param last the segment of the start before, synced
  /// @param neededFrom what the store has on disk: files from there on must stay
  SegmentWriter(
      Segments segments,
      Limits limits,
      JournalSite site,
      long position,
      DiskFile last,
      LongSupplier neededFrom) {
    this.segments = segments;
    this.limits = limits;
    this.nanos = site.nanos();
    this.salts = site.random()::nextLong;
    this.neededFrom = neededFrom;
    int ahead = limits.aheadBytes();
    this.zeros = segments.disk().buffer(ahead);
    this.buffer =
        segments.disk().buffer(Math.max(Limits.LARGEST_EVENT, Math.min(ahead, BUFFER_BYTES)));
    this.synced = position;
    this.file = last;
    this.header = segments.last().header();
  }

  /// What an earlier start wrote is synced: whoever reads it later shall know.
  void sealRecovered() {
    if (file != null && header.version() == Frames.VERSION && header.start() <= synced) {
      seal(file, header, Frames.SEAL);
    }
  }

  /// Writes and syncs the frames; returns the position behind them.
  long write(List<Append> frames) throws IOException {
    DiskFile out = writable();
    try {
      prepare(out, frames);
      long position = put(out, frames);
      out.sync();
      if (nanos.getAsLong() - lookedNanos > BETWEEN_LOOKS_NANOS) {
        look(out);
      }
      synced = position;
    } catch (Throwable e) {
      broken = true;
      seal(out, header, Frames.SEAL); // it may be written over in part
      throw e;
    }
    seal(out, header, Frames.SEAL);
    return synced;
  }

  /// The file is long enough, durably, for these and a seal.
  private void prepare(DiskFile out, List<Append> frames) throws IOException {
    long needed = offset(synced) + Frames.HEADER_BYTES;
    for (Append frame : frames) {
      needed += frame.bytes().length;
    }
    if (needed > allocated) {
      while (needed > allocated) {
        out.write(zeros.clear(), allocated);
        allocated += zeros.capacity();
      }
      out.sync();
    }
  }

  private long put(DiskFile out, List<Append> frames) throws IOException {
    long written = synced;
    long position = synced;
    int kind = Frames.FIRST;
    buffer.clear();
    for (Append frame : frames) {
      byte[] bytes = frame.bytes();
      if (bytes.length > buffer.remaining()) {
        out.write(buffer.flip(), offset(written));
        written = position;
        buffer.clear();
      }
      int at = buffer.position();
      buffer.put(bytes);
      int head = Frames.head(kind, bytes.length - Frames.HEADER_BYTES);
      buffer.putInt(at, head);
      buffer.putInt(at + 4, Frames.check(header, position, head, buffer.getInt(at + 4)));
      position += bytes.length;
      kind = Frames.FURTHER;
    }
    out.write(buffer.flip(), offset(written));
    return position;
  }

  private long offset(long position) {
    return header.bytes() + position - header.start();
  }

  /// Tells who reads the file later that all before was synced. Not synced itself: when it is lost,
  /// so may be what came after.
  private void seal(DiskFile out, SegmentHeader of, int kind) {
    try {
      out.write(Frames.mark(of, synced, kind), of.bytes() + synced - of.start());
    } catch (IOException e) {
      broken = true;
    }
  }

  /// Whether the disk takes something again: as much as the next events will need, written and
  /// synced, in the place where they will go.
  void probe() throws IOException {
    writable();
  }

  /// While there is nothing to write: begins a new segment when the last one is old, or of an
  /// earlier start, so that it can be deleted.
  void renew() throws IOException {
    if (broken || (synced > header.start() && isOld())) {
      writable();
    } else if (file != null) {
      look(file);
    }
  }

  private void look(DiskFile out) throws IOException {
    lookedNanos = nanos.getAsLong();
    if (!out.isInPlace()) {
      broken = true;
      throw new IOException(segments.directory() + " has lost the file that is written");
    }
  }

  private boolean isOld() {
    return nanos.getAsLong() - begunNanos > limits.segmentAge().toNanos();
  }

  private DiskFile writable() throws IOException {
    DiskFile current = file;
    if (current != null && !broken && synced - header.start() < limits.segmentBytes() && !isOld()) {
      return current;
    }
    if (!segments.areInPlace(neededFrom.getAsLong())) {
      throw new IOException(
          segments.directory() + " has lost files that are needed; put them back, or restart");
    }
    long salt = salts.getAsLong();
    DiskFile fresh = segments.create(synced, salt, zeros);
    SegmentHeader before = header;
    file = fresh;
    header = new SegmentHeader(Frames.VERSION, synced, salt);
    begunNanos = nanos.getAsLong();
    lookedNanos = begunNanos;
    allocated = Frames.SEGMENT_HEADER_BYTES + zeros.capacity();
    if (current != null) {
      end(current, before);
    }
    broken = false;
    return fresh;
  }

  /// So that the new segment is missed when it is missing. Where that fails, the next start does
  /// it.
  private void end(DiskFile last, SegmentHeader of) {
    if (of.start() < synced && of.version() == Frames.VERSION) {
      seal(last, of, Frames.END);
      try {
        last.sync();
      } catch (IOException e) {
        // all but the mark was synced before
      }
    }
    last.closeQuietly();
  }

  @Override
  public void close() {
    if (file != null) {
      file.closeQuietly();
      file = null;
    }
    broken = true;
  }
}
