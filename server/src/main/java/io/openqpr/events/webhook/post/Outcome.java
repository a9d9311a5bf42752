package io.openqpr.events.webhook.post;

import io.openqpr.storage.store.Attempt.Phases;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of a request.
///
/// @param status of the answer; `null` where none came
/// @param failure `null` for a success
/// @param detail a sentence about the failure that tells nothing of the inside
/// @param answer the beginning of the answer's body; `null` where none came
/// @param retryAfter for how long the receiver wants no more; `null` where it did not say
public record Outcome(
    @Nullable Integer status,
    @Nullable Failure failure,
    @Nullable String detail,
    Phases phases,
    @Nullable String answer,
    @Nullable Duration retryAfter) {

  public boolean isSuccess() {
    return failure == null;
  }

  static Outcome failed(Failure failure, String detail, Trace trace) {
    return new Outcome(null, failure, detail, trace.phases(), null, null);
  }
}
