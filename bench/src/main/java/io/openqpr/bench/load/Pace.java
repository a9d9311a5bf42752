package io.openqpr.bench.load;

/// When requests are sent.
public sealed interface Pace {

  /// Each connection sends as soon as its last answer came: finds the highest rate. Its latencies
  /// are those of a closed loop, which waits politely while the server is slow; judge latency by
  /// [Steady].
  record Saturate() implements Pace {}

  /// Request `k` is due at `start + k / perSecond`, whether or not the server keeps up. Latency
  /// counts from when it was due, so a stall is felt by every request that fell into it.
  record Steady(int perSecond) implements Pace {}
}
