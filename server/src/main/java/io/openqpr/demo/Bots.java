package io.openqpr.demo;

import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes up what looks at scan URLs and is no person: links are sent around, crawled and checked.
final class Bots {

  /// So many for each scan.
  private static final double SHARE = 0.14;

  private record Bot(IgnoreReason reason, @Nullable String name) {}

  /// The first are the likeliest.
  private static final List<Bot> BOTS =
      List.of(
          new Bot(IgnoreReason.PREVIEW, "WhatsApp"),
          new Bot(IgnoreReason.PREVIEW, "facebookexternalhit"),
          new Bot(IgnoreReason.CRAWLER, "Googlebot"),
          new Bot(IgnoreReason.PREFETCH, null),
          new Bot(IgnoreReason.PREVIEW, "Slackbot"),
          new Bot(IgnoreReason.MONITOR, "UptimeRobot"),
          new Bot(IgnoreReason.SCRIPT, "curl"),
          new Bot(IgnoreReason.HEAD, null));

  private final RandomGenerator random;

  Bots(RandomGenerator random) {
    this.random = random;
  }

  boolean comesNow() {
    return random.nextDouble() < SHARE;
  }

  IgnoredHit at(Scan asScan) {
    double skewed = Math.pow(random.nextDouble(), 1.8);
    Bot bot = BOTS.get((int) (skewed * BOTS.size()));
    return new IgnoredHit(asScan, bot.reason(), bot.name());
  }
}
