package io.openqpr.storage.journal;

import io.openqpr.storage.journal.SegmentView.Frame;
import io.openqpr.storage.journal.Segments.Segment;
import io.openqpr.storage.store.PlacedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads events back from the segments.
final class FrameReader {

  private final Segments segments;

  FrameReader(Segments segments) {
    this.segments = segments;
  }

  /// @param end position behind the last event read; equal to the start when nothing whole follows
  record Read(List<PlacedEvent> events, long end) {}

  /// Up to `maxEvents` events between two positions, of one segment at most, and no more than one
  /// that ends beyond `maxBytes`.
  Read read(long from, long to, int maxEvents, long maxBytes) throws IOException {
    Segment segment = segments.holding(from);
    long end = Math.min(to, segments.endOf(segment));
    var events = new ArrayList<PlacedEvent>();
    long position = from;
    try (var view = new SegmentView(segments.disk(), segment, end - from)) {
      while (events.size() < maxEvents && position < end && position - from < maxBytes) {
        Frame frame = view.at(position);
        if (frame == null || !frame.isEvent()) {
          break;
        }
        position = frame.end();
        events.add(new PlacedEvent(position, EventCodec.decode(frame.payload())));
      }
    }
    return new Read(events, position);
  }
}
