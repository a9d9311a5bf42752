package io.openqpr.storage.store;

import java.time.Instant;
import java.util.Optional;

/// Answers that were given to requests with an idempotency key, to be given again.
public interface AnswerStore {

  /// @param key names the request, inside the account
  /// @param requestHash what the request was
  /// @param answer as text that only who knows the key can read; empty while it is made
  record Kept(int account, String key, String requestHash, String answer, Instant createdAt) {

    /// Whether somebody is making the answer.
    public boolean isClaim() {
      return answer.isEmpty();
    }
  }

  /// Claims a key for who answers its request; of all that ask at once, on any server, one gets it.
  ///
  /// @param claim without an answer
  /// @param expired claims and answers of before this time are no more
  /// @return what is there already; empty when the key is claimed now
  Optional<Kept> claim(Kept claim, Instant expired);

  /// Gives a claim back whose request was not done. A kept answer stays.
  void release(int account, String key);

  Optional<Kept> find(int account, String key);

  /// Keeps an answer in place of an older one of the same key.
  void keep(Kept answer);

  /// Forgets all that were kept before this time.
  void forgetBefore(Instant time);
}
