package io.openqpr.events.webhook.post;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After` (RFC 9110 10.2.3): seconds, or a date; a day at most.
final class RetryAfter {

  static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfter() {}

  /// `null` for what is neither.
  static @Nullable Duration parse(String text, Instant now) {
    String value = text.strip();
    if (value.matches("[0-9]+")) {
      return value.length() > 6 ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
      return bounded(Duration.between(now, until));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(Duration wait) {
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
