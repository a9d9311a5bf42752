package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Reads frames back from the segments.
final class FrameReader {

  private static final int CHUNK_BYTES = 1 << 20;
  private static final int EVENTS_AT_ONCE = 10_000;

  private final Segments segments;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);

  FrameReader(Segments segments) {
    this.segments = segments;
  }

  /// @param end position behind the last event read; equal to the start when nothing whole follows
  record Read(List<Event> events, long end) {}

  /// Up to `maxEvents` events between two positions, of one segment at most.
  Read read(long from, long to, int maxEvents) throws IOException {
    var events = new ArrayList<Event>();
    long position = from;
    try (Segments.Segment segment = segments.open(from)) {
      long end = Math.min(to, segment.end());
      while (events.size() < maxEvents && position < end) {
        long before = position;
        fill(segment, position, end);
        position += takeFrames(events, maxEvents);
        if (position == before) {
          break;
        }
      }
    }
    return new Read(events, position);
  }

  /// Where the valid frames from `from` on end, across segments.
  ///
  /// @throws IOException when a segment ends before the next one begins: something is missing
  long validEnd(long from) throws IOException {
    long position = from;
    while (true) {
      Read read = read(position, Long.MAX_VALUE, EVENTS_AT_ONCE);
      if (read.end() == position) {
        break;
      }
      position = read.end();
    }
    if (position < segments.lastStart()) {
      throw new IOException("damaged at position " + position + ", before the last file begins");
    }
    return position;
  }

  private void fill(Segments.Segment segment, long position, long end) throws IOException {
    chunk.clear();
    chunk.limit((int) Math.min(chunk.capacity(), end - position));
    long offset = position - segment.start();
    while (chunk.hasRemaining()) {
      int n = segment.channel().read(chunk, offset + chunk.position());
      if (n < 0) {
        break;
      }
    }
    chunk.flip();
  }

  /// Decodes the whole and sound frames of the chunk; returns their length in bytes.
  private int takeFrames(List<Event> events, int maxEvents) {
    int taken = 0;
    while (events.size() < maxEvents && chunk.limit() - taken >= EventCodec.HEADER_BYTES) {
      int payloadBytes = chunk.getInt(taken);
      int frameBytes = EventCodec.HEADER_BYTES + payloadBytes;
      boolean whole =
          payloadBytes > 0
              && payloadBytes <= EventCodec.MAX_PAYLOAD_BYTES
              && frameBytes <= chunk.limit() - taken;
      if (!whole) {
        break;
      }
      ByteBuffer payload = chunk.slice(taken + EventCodec.HEADER_BYTES, payloadBytes);
      if (EventCodec.checksum(payload.duplicate()) != chunk.getInt(taken + 4)) {
        break;
      }
      events.add(EventCodec.decode(payload));
      taken += frameBytes;
    }
    return taken;
  }
}
