package io.openqpr.events.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a delivery that failed is tried again: ten times within two and a half days, each wait a
/// fifth more or less, so that what failed together does not come back together.
final class RetrySchedule {

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(12),
          Duration.ofHours(24));

  private static final double SPREAD = 0.2;

  private final RandomGenerator random;

  RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /// @param attempts that were made
  /// @param atLeast what the receiver asked for
  /// @return `null` when it was tried often enough
  @Nullable Instant next(int attempts, Instant now, @Nullable Duration atLeast) {
    if (attempts > WAITS.size()) {
      return null;
    }
    long planned = WAITS.get(attempts - 1).toMillis();
    long wait = Math.round(planned * (1 - SPREAD + 2 * SPREAD * random.nextDouble()));
    return now.plusMillis(atLeast == null ? wait : Math.max(wait, atLeast.toMillis()));
  }
}
