package io.openqpr.events.webhook;

import io.openqpr.storage.store.Webhook;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A webhook's failures in a row. Guarded by its ledger.
final class Streak {

  /// From which on one request at a time shows whether the receiver is back.
  static final int DOUBTFUL = 10;

  private int failures;

  /// The first of them; `null` without any.
  private @Nullable Instant since;

  Streak(int failures, @Nullable Instant since) {
    this.failures = failures;
    this.since = since;
  }

  int failures() {
    return failures;
  }

  @Nullable Instant since() {
    return since;
  }

  void count(boolean success, Instant now) {
    failures = success ? 0 : failures + 1;
    since = success ? null : since == null ? now : since;
  }

  /// How many requests of the stream may be under way at once.
  int limit(Webhook.Way way) {
    return way.strict() || failures >= DOUBTFUL ? 1 : way.concurrency();
  }
}
