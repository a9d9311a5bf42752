package io.openqpr.storage.journal;

import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.disk.DiskFile;
import io.openqpr.storage.journal.Segments.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Looks at the frames of one segment, sound or not, through a window of bounded size. What is
/// written after a part was looked at is not seen there.
final class SegmentView implements AutoCloseable {

  private static final int WINDOW_BYTES = 1 << 20;

  private final Segment segment;
  private final DiskFile file;
  private final long fileBytes;
  private final ByteBuffer window;
  private long windowStart;

  /// @param most how many bytes are of interest: no more are read at once
  SegmentView(Disk disk, Segment segment, long most) throws IOException {
    this.segment = segment;
    this.file = disk.openToRead(segment.file());
    try {
      this.fileBytes = file.size();
    } catch (IOException e) {
      file.closeQuietly();
      throw e;
    }
    long bytes = Math.min(WINDOW_BYTES, Math.min(fileBytes, most));
    this.window = ByteBuffer.allocate((int) Math.max(bytes, 1)).flip();
  }

  /// @param kind one of [Frames]; events of the first version are all [Frames#FIRST]
  /// @param end position behind it
  record Frame(int kind, long end, ByteBuffer payload) {

    boolean isEvent() {
      return kind == Frames.FIRST || kind == Frames.FURTHER;
    }
  }

  /// Behind the last byte of the file.
  long fileEnd() {
    return segment.start() + fileBytes - segment.header().bytes();
  }

  /// The sound frame at this position; null where there is none.
  @Nullable Frame at(long position) throws IOException {
    if (!has(position, Frames.HEADER_BYTES)) {
      return null;
    }
    int head = window.getInt(index(position));
    int bytes = Frames.payloadBytes(head);
    int version = segment.header().version();
    if (!Frames.isPlausible(version, head) || !has(position, Frames.HEADER_BYTES + bytes)) {
      return null;
    }
    int at = index(position);
    ByteBuffer payload = window.slice(at + Frames.HEADER_BYTES, bytes);
    int check =
        Frames.check(segment.header(), position, head, EventCodec.checksum(payload.duplicate()));
    if (check != window.getInt(at + 4)) {
      return null;
    }
    int kind = version == 1 ? Frames.FIRST : Frames.kind(head);
    return new Frame(kind, position + Frames.HEADER_BYTES + bytes, payload);
  }

  /// Whether the file ends inside of what must have been written there: it was longer once.
  boolean isCutAt(long position) throws IOException {
    if (segment.header().version() == 1) {
      return false; // they were written without any room behind them
    }
    if (position + Frames.HEADER_BYTES > fileEnd()) {
      return true;
    }
    if (!has(position, Frames.HEADER_BYTES)) {
      return true;
    }
    int head = window.getInt(index(position));
    return Frames.isPlausible(Frames.VERSION, head)
        && position + Frames.HEADER_BYTES + Frames.payloadBytes(head) > fileEnd();
  }

  /// Where the next sound frame is, before `limit`; -1 where none is.
  long nextSound(long from, long limit) throws IOException {
    long end = Math.min(limit, fileEnd());
    int version = segment.header().version();
    for (long position = from; position < end; position++) {
      if (!has(position, Frames.HEADER_BYTES)) {
        return -1;
      }
      if (Frames.isPlausible(version, window.getInt(index(position))) && at(position) != null) {
        return position;
      }
    }
    return -1;
  }

  /// Brings these bytes into the window; false where the file has not as many.
  private boolean has(long position, int bytes) throws IOException {
    long offset = segment.offset(position);
    if (offset >= windowStart && offset + bytes <= windowStart + window.limit()) {
      return true;
    }
    if (offset + bytes > fileBytes) {
      return false;
    }
    windowStart = offset;
    window.clear();
    while (window.hasRemaining() && file.read(window, windowStart + window.position()) >= 0) {
      // more
    }
    window.flip();
    return bytes <= window.limit();
  }

  private int index(long position) {
    return (int) (segment.offset(position) - windowStart);
  }

  @Override
  public void close() {
    file.closeQuietly();
  }
}
