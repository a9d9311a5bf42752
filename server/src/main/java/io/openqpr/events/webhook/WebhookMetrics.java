package io.openqpr.events.webhook;

import io.openqpr.events.webhook.post.Failure;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Durations;
import io.openqpr.platform.metric.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// What operators see of webhooks. No label says which: there may be any number.
final class WebhookMetrics {

  private final LongAdder delivered = new LongAdder();
  private final Map<Failure, LongAdder> failed = new EnumMap<>(Failure.class);
  final LongAdder unlogged = new LongAdder();
  final LongAdder forgotten = new LongAdder();
  final LongAdder switchedOff = new LongAdder();

  final Durations firstAttempt =
      new Durations(
          "openqpr_webhook_first_attempt_seconds",
          "From a scan, or what else happened, until the first attempt to tell a webhook begins.",
          0.01,
          0.025,
          0.05,
          0.1,
          0.25,
          0.5,
          1,
          5,
          60,
          3_600);

  WebhookMetrics() {
    for (Failure failure : Failure.values()) {
      failed.put(failure, new LongAdder());
    }
  }

  void first(Duration since) {
    firstAttempt.since(System.nanoTime() - Math.max(0, since.toNanos()));
  }

  void attempted(Outcome outcome) {
    Failure failure = outcome.failure();
    LongAdder count = failure == null ? delivered : failed.get(failure);
    Objects.requireNonNull(count).increment();
  }

  List<Counter> counters() {
    var counters = new ArrayList<Counter>();
    String attempts = "Requests to webhooks, by outcome.";
    String name = "openqpr_webhook_attempts_total";
    counters.add(outcome(name, "success", attempts, delivered));
    failed.forEach(
        (failure, count) -> counters.add(outcome(name, failure.text(), attempts, count)));
    counters.add(
        new Counter(
            "openqpr_webhook_successes_unlogged_total",
            "Successful deliveries not written down one by one: too many a second.",
            unlogged::sum));
    counters.add(
        new Counter(
            "openqpr_webhook_failures_forgotten_total",
            "Deliveries given up that can't be resent any more: too many of a webhook.",
            forgotten::sum));
    counters.add(
        new Counter(
            "openqpr_webhooks_switched_off_total",
            "Webhooks that this server switched off.",
            switchedOff::sum));
    return counters;
  }

  private static Counter outcome(String name, String outcome, String help, LongAdder count) {
    return new Counter(name, List.of(new Label("outcome", outcome)), help, count::sum);
  }
}
