package io.openqpr.events.webhook;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Of each webhook, so many successes a second are written down one by one: more would cost the
/// store more than the scans they tell of, and be forgotten within minutes. Failures always are.
/// Used under its ledger.
final class SuccessLog {

  static final int EACH_SECOND = 100;

  private final LongAdder unlogged;
  private long second;
  private int taken;

  /// @param unlogged counts the others
  SuccessLog(LongAdder unlogged) {
    this.unlogged = unlogged;
  }

  boolean takes() {
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (now != second) {
      second = now;
      taken = 0;
    }
    if (taken++ < EACH_SECOND) {
      return true;
    }
    unlogged.increment();
    return false;
  }
}
