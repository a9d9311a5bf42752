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

  /// Nothing was sent: there is nothing to tell any more.
  public static final Outcome ERASED =
      new Outcome(
          null, Failure.ERASED, "What it tells of was erased meanwhile.", Phases.NONE, null, null);

  /// Of our own doing; nobody knows how far it came.
  public static final Outcome BROKEN_OFF =
      new Outcome(null, Failure.CLOSED, "The request was broken off.", Phases.NONE, null, null);

  public boolean isSuccess() {
    return failure == null;
  }

  static Outcome failed(Failure failure, String detail, Trace trace) {
    return new Outcome(null, failure, detail, trace.phases(), null, null);
  }
}
