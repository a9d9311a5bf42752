package io.openqpr.events.webhook;

import io.openqpr.events.webhook.LedgerPage.Ended;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.storage.store.Attempt.State;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What follows from an attempt: whether and when it is tried again, and whether the webhook is
/// switched off.
final class Consequences {

  /// The receiver wants no more, for ever.
  static final String GONE = "gone";

  /// Nothing was a success for days.
  static final String FAILING = "failing";

  /// An event that may not be passed over failed too often.
  static final String STRICT_FAILED = "strict_event_failed";

  private static final int STATUS_GONE = 410;
  private static final Duration PATIENCE = Duration.ofDays(5);
  private static final int ENOUGH_FAILURES = 20;

  private final RetrySchedule schedule;

  Consequences(RetrySchedule schedule) {
    this.schedule = schedule;
  }

  /// @param waiting where the delivery waits from now on; `null` where it does not
  /// @param off why the webhook is switched off; `null` where it is not
  record Consequence(Ended ended, @Nullable Waiting waiting, @Nullable SwitchedOff off) {}

  /// @param failures of the webhook in a row, with this one
  Consequence of(
      Webhook webhook,
      Flight flight,
      Outcome outcome,
      int failures,
      @Nullable Instant failingSince,
      Instant now) {
    int number = flight.attempts + 1;
    if (outcome.isSuccess()) {
      return new Consequence(new Ended(flight, State.SUCCEEDED, outcome, null, now), null, null);
    }
    Instant next = schedule.next(number, now, outcome.retryAfter());
    SwitchedOff off = off(webhook, outcome, next, failures, failingSince, now);
    // What waits when it is switched off is due when it is switched on.
    Instant due = off != null && next == null && webhook.way().strict() ? now : next;
    State state = due == null ? State.FAILED : State.RETRYING;
    Waiting waited = flight.waited;
    String resend = waited == null ? null : waited.resend();
    return new Consequence(
        new Ended(flight, state, outcome, due, now),
        new Waiting(flight.delivery, number, due, flight.createdAt, resend),
        off);
  }

  private static @Nullable SwitchedOff off(
      Webhook webhook,
      Outcome outcome,
      @Nullable Instant next,
      int failures,
      @Nullable Instant failingSince,
      Instant now) {
    Integer status = outcome.status();
    if (status != null && status == STATUS_GONE) {
      return new SwitchedOff(now, GONE);
    }
    if (next == null && webhook.way().strict()) {
      return new SwitchedOff(now, STRICT_FAILED);
    }
    boolean failing =
        failures >= ENOUGH_FAILURES
            && failingSince != null
            && !failingSince.plus(PATIENCE).isAfter(now);
    return failing ? new SwitchedOff(now, FAILING) : null;
  }

  /// Of a delivery whose events are no more.
  Ended erased(Flight flight, Instant now) {
    return new Ended(flight, State.FAILED, Outcome.ERASED, null, now);
  }
}
