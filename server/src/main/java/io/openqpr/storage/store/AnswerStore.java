package io.openqpr.storage.store;

import java.time.Instant;
import java.util.Optional;

/// Answers that were given to requests with an idempotency key, to be given again.
public interface AnswerStore {

  /// @param key names the request, inside the account
  /// @param requestHash what the request was
  /// @param answer as text that only who knows the key can read
  record Kept(int account, String key, String requestHash, String answer, Instant createdAt) {}

  Optional<Kept> find(int account, String key);

  /// Keeps an answer in place of an older one of the same key.
  void keep(Kept answer);

  /// Forgets all that were kept before this time.
  void forgetBefore(Instant time);
}
