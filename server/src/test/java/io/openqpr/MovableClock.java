package io.openqpr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Stands still until it is set, to any time.
final class MovableClock extends Clock {

  private volatile Instant now;

  MovableClock(String now) {
    this.now = Instant.parse(now);
  }

  void set(String time) {
    set(Instant.parse(time));
  }

  void set(Instant time) {
    now = time;
  }

  void add(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("all times are UTC");
  }
}
