package io.openqpr.storage.journal;

import io.openqpr.platform.HeapShare;
import java.time.Duration;

/// The journal's limits.
///
/// @param queuedEvents that may wait for the disk at once; beyond, [Receipt#QUEUE_FULL]
/// @param queuedBytes that these may have as frames; beyond, the same
/// @param backlogBytes that the store may be behind; beyond, [Receipt#BACKLOG_FULL]
/// @param segmentBytes after which a new file is begun
/// @param segmentAge after which a new file is begun too, so that the one before is deleted soon:
///   scans stay no longer in the journal than that when the store has taken them
/// @param appliedEvents written to the store in one transaction, at the most
/// @param appliedBytes that these may have as frames, or one event; in the heap it is a few times
///   as much
/// @param linger how long the store may stay behind when nobody reads: larger transactions cost
///   less
/// @param storeWait how long whoever records waits for the store too, so that other servers see the
///   event at once; zero where there are none. A store that is away is not waited for
public record Limits(
    int queuedEvents,
    long queuedBytes,
    long backlogBytes,
    long segmentBytes,
    Duration segmentAge,
    int appliedEvents,
    long appliedBytes,
    Duration linger,
    Duration storeWait) {

  /// A whole frame of the largest event.
  static final int LARGEST_EVENT = EventCodec.HEADER_BYTES + EventCodec.MAX_PAYLOAD_BYTES;

  /// What an event takes as an object, by what it takes as a frame.
  private static final int OBJECTS_OF_FRAMES = 4;

  private static final int MOST_AHEAD_BYTES = 1 << 20;

  public static final Limits DEFAULT =
      new Limits(
          20_000,
          1L << 30,
          64L << 20,
          Duration.ofHours(1),
          20_000,
          Duration.ofMillis(200),
          Duration.ZERO);

  /// Where several servers share the store.
  public static final Limits SHARED =
      new Limits(
          20_000,
          1L << 30,
          64L << 20,
          Duration.ofHours(1),
          20_000,
          Duration.ofMillis(200),
          Duration.ofMillis(500));

  /// With the bytes that this process's heap has room for.
  public Limits(
      int queuedEvents,
      long backlogBytes,
      long segmentBytes,
      Duration segmentAge,
      int appliedEvents,
      Duration linger,
      Duration storeWait) {
    this(
        queuedEvents,
        HeapShare.EVENTS_QUEUED.bytes(),
        backlogBytes,
        segmentBytes,
        segmentAge,
        appliedEvents,
        HeapShare.EVENTS_APPLIED.bytes() / OBJECTS_OF_FRAMES,
        linger,
        storeWait);
  }

  /// How many bytes of a segment are made at once, before events are written into them.
  int aheadBytes() {
    return (int) Math.clamp(segmentBytes, 1_024, MOST_AHEAD_BYTES);
  }
}
