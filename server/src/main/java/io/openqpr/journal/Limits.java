package io.openqpr.journal;

import java.time.Duration;

/// The journal's limits.
///
/// @param queuedEvents that may wait for the disk at once; beyond, [Receipt#QUEUE_FULL]
/// @param backlogBytes that the store may be behind; beyond, [Receipt#BACKLOG_FULL]
/// @param segmentBytes after which a new file is begun
/// @param appliedEvents written to the store in one transaction, at the most
/// @param linger how long the store may stay behind when nobody reads: larger transactions cost
///   less
public record Limits(
    int queuedEvents, long backlogBytes, long segmentBytes, int appliedEvents, Duration linger) {

  public static final Limits DEFAULT =
      new Limits(20_000, 1L << 30, 64L << 20, 20_000, Duration.ofMillis(200));
}
