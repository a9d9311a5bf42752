package io.openqpr.events.webhook;

import java.time.Duration;

/// How long what was done may be known to this server alone: each writing of it costs the store a
/// transaction. Never is more than a ledger's window lost.
enum Urgency {
  /// Somebody waits for it: the window is half full, or a webhook is switched off.
  NOW(Duration.ZERO),
  /// Something waits beside the stream, or does so no more.
  SOON(Duration.ofMillis(300)),
  /// All went well.
  LATER(Duration.ofSeconds(1));

  private final long everyNanos;

  Urgency(Duration every) {
    this.everyNanos = every.toNanos();
  }

  /// When what is written down, of all webhooks together. For one thread.
  static final class Turns {
    private long soonNanos;
    private long laterNanos;

    Turns(long nowNanos) {
      soonNanos = nowNanos;
      laterNanos = nowNanos;
    }

    /// What it is the turn of now; what is more urgent besides.
    Urgency least(long nowNanos) {
      if (nowNanos - laterNanos >= LATER.everyNanos) {
        laterNanos = nowNanos;
        soonNanos = nowNanos;
        return LATER;
      }
      if (nowNanos - soonNanos >= SOON.everyNanos) {
        soonNanos = nowNanos;
        return SOON;
      }
      return NOW;
    }
  }
}
