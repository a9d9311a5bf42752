package io.openqpr.storage.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request that was sent, or was about to be.
///
/// @param number of the attempts at this delivery, from 1
/// @param status of the answer; `null` where none came
/// @param error a word of a closed set; `null` when it succeeded
/// @param detail a sentence about the error
/// @param answer the beginning of the answer's body
/// @param nextAt when the next attempt is due; `null` when there is none
public record Attempt(
    String id,
    Delivery delivery,
    int number,
    State state,
    Instant startedAt,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable String detail,
    Phases phases,
    @Nullable String answer,
    @Nullable Instant nextAt) {

  public enum State {
    SUCCEEDED,
    /// It is tried again.
    RETRYING,
    /// It is not tried again.
    FAILED
  }

  /// How long after the start each phase was over, in microseconds; -1 where it was not, or there
  /// was none.
  public record Phases(long dns, long connect, long tls, long firstByte, long done) {

    public static final Phases NONE = new Phases(-1, -1, -1, -1, -1);
  }
}
