package io.openqpr.events.webhook;

import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.Attempt.Phases;
import io.openqpr.storage.store.Attempt.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An attempt as the API shows it.
///
/// @param eventId what the request had as `webhook-id`
/// @param sequence what it had as `X-3QPR-Sequence`
record AttemptView(
    String id,
    String eventId,
    List<String> types,
    @Nullable Long sequence,
    int attempt,
    State state,
    Instant attemptedAt,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String detail,
    @Nullable String response,
    PhasesView phasesMs,
    @Nullable Instant nextAttemptAt) {

  /// How long after the start each was over; `null` where it was not, or there was none.
  record PhasesView(
      @Nullable Double dns,
      @Nullable Double connect,
      @Nullable Double tls,
      @Nullable Double firstByte,
      @Nullable Double done) {

    static PhasesView of(Phases phases) {
      return new PhasesView(
          millis(phases.dns()),
          millis(phases.connect()),
          millis(phases.tls()),
          millis(phases.firstByte()),
          millis(phases.done()));
    }

    private static @Nullable Double millis(long micros) {
      return micros < 0 ? null : Double.valueOf(micros / 1_000.0);
    }
  }

  static AttemptView of(Attempt attempt) {
    long sequence = attempt.delivery().sequence();
    return new AttemptView(
        attempt.id(),
        attempt.delivery().id(),
        List.of(attempt.delivery().types().split(" ")),
        sequence == 0 ? null : sequence,
        attempt.number(),
        attempt.state(),
        attempt.startedAt(),
        attempt.status(),
        attempt.error(),
        attempt.detail(),
        attempt.answer(),
        PhasesView.of(attempt.phases()),
        attempt.nextAt());
  }
}
