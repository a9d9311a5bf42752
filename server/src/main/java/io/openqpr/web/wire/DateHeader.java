package io.openqpr.web.wire;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The header that tells the time of an answer, made once a second.
final class DateHeader {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;
  private volatile Made made;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Made(long second, byte[] line) {
    static Made at(long second) {
      String line = "Date: " + FORMAT.format(Instant.ofEpochSecond(second)) + "\r\n";
      return new Made(second, line.getBytes(StandardCharsets.US_ASCII));
    }
  }

  DateHeader(Clock clock) {
    this.clock = clock;
    this.made = Made.at(clock.millis() / 1_000);
  }

  /// The whole line.
  byte[] now() {
    long second = clock.millis() / 1_000;
    Made latest = made;
    if (latest.second() != second) {
      made = latest = Made.at(second);
    }
    return latest.line();
  }
}
