package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import io.openqpr.model.Scan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// An event as it lies in the journal. Whom it concerns can be seen without reading it whole.
public final class SyncedEvent {

  private final long from;
  private final byte[] frame;

  private SyncedEvent(long from, byte[] frame) {
    this.from = from;
    this.frame = frame;
  }

  static List<SyncedEvent> of(long from, List<byte[]> frames) {
    var events = new ArrayList<SyncedEvent>(frames.size());
    long position = from;
    for (byte[] frame : frames) {
      var event = new SyncedEvent(position, frame);
      events.add(event);
      position = event.position();
    }
    return events;
  }

  /// Where the event before it ends.
  public long from() {
    return from;
  }

  /// Behind it.
  public long position() {
    return from + frame.length;
  }

  public int bytes() {
    return frame.length;
  }

  public boolean isScan() {
    return EventCodec.isScan(payload());
  }

  /// Whether it is a hit that was ignored.
  public boolean isHit() {
    return EventCodec.isHit(payload());
  }

  /// Of a scan: its code's number.
  public int code() {
    return ScanBytes.code(scanBytes());
  }

  /// Of a scan.
  public int account() {
    return ScanBytes.account(scanBytes());
  }

  /// Of a scan: when it was, in epoch milliseconds.
  public long at() {
    return ScanBytes.at(scanBytes());
  }

  /// Read anew at each call.
  public Scan scan() {
    return ((Event.ScanCaptured) EventCodec.decode(payload())).scan();
  }

  private ByteBuffer scanBytes() {
    return payload().position(EventCodec.HEADER_BYTES + 1);
  }

  private ByteBuffer payload() {
    return ByteBuffer.wrap(frame, EventCodec.HEADER_BYTES, frame.length - EventCodec.HEADER_BYTES);
  }
}
