package io.openqpr.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Whether the clock may be believed for what cannot be taken back, such as deleting what is old: a
/// clock that is set wrong for seconds, or wrong from the start, must not cost a year of data.
///
/// A clock that was set while the server runs (it and the machine's uptime disagree by more than
/// [#TOLERANCE] between two looks) is believed again after [#SETTLED] without another such step. So
/// is one that, at the start, is far ahead of the last time that the store knows: the server was
/// off, or the clock is wrong, and nobody but an operator can tell which.
public final class ClockWatch {

  static final Duration TOLERANCE = Duration.ofMinutes(1);
  static final Duration SETTLED = Duration.ofHours(1);

  /// How long a server may have been off, to be believed at once.
  static final Duration SHORT_ABSENCE = Duration.ofDays(1);

  private final Clock clock;
  private final LongSupplier nanos;
  private long lastMillis;
  private long lastNanos;
  private long steadySince;
  private boolean wasSet;

  /// @param nanos such as `System::nanoTime`
  public ClockWatch(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    lastMillis = clock.millis();
    lastNanos = nanos.getAsLong();
    steadySince = lastNanos;
  }

  /// Looks at the clock; to be called every few seconds, and before [#isBelieved].
  public synchronized void look() {
    long millis = clock.millis();
    long now = nanos.getAsLong();
    Duration byClock = Duration.ofMillis(millis - lastMillis);
    Duration byUptime = Duration.ofNanos(now - lastNanos);
    if (byClock.minus(byUptime).abs().compareTo(TOLERANCE) > 0) {
      wasSet = true;
      steadySince = now;
    }
    lastMillis = millis;
    lastNanos = now;
  }

  /// @param known a time that has been, as the store knows it from before
  public synchronized boolean isBelieved(Instant known) {
    look();
    boolean near = !Instant.ofEpochMilli(lastMillis).isAfter(known.plus(SHORT_ABSENCE));
    return (near && !wasSet) || lastNanos - steadySince >= SETTLED.toNanos();
  }
}
