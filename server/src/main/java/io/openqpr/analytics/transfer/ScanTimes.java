package io.openqpr.analytics.transfer;

import io.openqpr.web.http.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Which times a scan of another system can have: none before there were phones that read QR codes,
/// and none later than clocks differ and time zones are mistaken. A time outside is a mistake of
/// the file, and a single one would stretch every answer about all scans over the years between.
final class ScanTimes {

  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  static final Duration AHEAD = Duration.ofDays(1);

  private final Clock clock;

  ScanTimes(Clock clock) {
    this.clock = clock;
  }

  /// @throws IllegalArgumentException that says what is right
  Instant read(String text) {
    Instant time = Parameters.instantOf(text);
    Instant latest = clock.instant().plus(AHEAD);
    if (time.isBefore(EARLIEST) || time.isAfter(latest)) {
      throw new IllegalArgumentException(
          "must be from %s until a day ahead of now, %s"
              .formatted(EARLIEST, Instant.ofEpochSecond(latest.getEpochSecond())));
    }
    return time;
  }
}
