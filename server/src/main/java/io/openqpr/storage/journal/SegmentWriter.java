package io.openqpr.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends frames to the last segment and syncs them. Used by one thread.
///
/// After a failure the segment is given up: what the disk made of the failed write is unknown, so
/// the next write begins a new segment at the last synced position, which voids the rest.
final class SegmentWriter implements AutoCloseable {

  /// Zeros written ahead. A sync of a file that does not grow is almost twice as fast.
  private static final int EXTENSION_BYTES = 1 << 20;

  private final Segments segments;
  private final Limits limits;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(EXTENSION_BYTES);

  private @Nullable FileChannel channel;
  private long start;
  private long begunNanos;
  private long allocated;
  private long synced;

  SegmentWriter(Segments segments, Limits limits, long position) {
    this.segments = segments;
    this.limits = limits;
    this.synced = position;
  }

  /// Writes and syncs the frames; returns the position behind them.
  long write(List<Append> frames) throws IOException {
    try {
      FileChannel out = channelFor();
      long position = synced;
      buffer.clear();
      for (Append frame : frames) {
        if (frame.bytes().length > buffer.remaining()) {
          position += drain(out, position);
        }
        buffer.put(frame.bytes());
      }
      position += drain(out, position);
      out.force(false);
      synced = position;
      return synced;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// Whether the disk takes something again: as much as the next events will need, written and
  /// synced, in the place where they will go.
  void probe() throws IOException {
    try {
      FileChannel out = channelFor();
      if (allocated == 0) {
        writeFully(out, zeros.clear(), 0);
        allocated = EXTENSION_BYTES;
      }
      out.force(false);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// While there is nothing to write: begins a new segment when the last one is old, or of an
  /// earlier start, so that it can be deleted.
  void renew() throws IOException {
    if (channel == null || (synced > start && isOld())) {
      channelFor();
    }
  }

  private boolean isOld() {
    return System.nanoTime() - begunNanos > limits.segmentAge().toNanos();
  }

  private FileChannel channelFor() throws IOException {
    FileChannel current = channel;
    if (current != null && synced - start < limits.segmentBytes() && !isOld()) {
      return current;
    }
    close();
    start = synced;
    begunNanos = System.nanoTime();
    allocated = 0;
    channel = current = segments.create(start);
    return current;
  }

  private int drain(FileChannel out, long position) throws IOException {
    buffer.flip();
    int bytes = buffer.remaining();
    long offset = position - start;
    while (offset + bytes > allocated) {
      writeFully(out, zeros.clear(), allocated);
      allocated += EXTENSION_BYTES;
    }
    writeFully(out, buffer, offset);
    buffer.clear();
    return bytes;
  }

  private static void writeFully(FileChannel out, ByteBuffer from, long offset) throws IOException {
    long at = offset;
    while (from.hasRemaining()) {
      at += out.write(from, at);
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // What counts was synced before; a new segment is begun either way.
      }
      channel = null;
    }
  }
}
