package io.openqpr.store;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import java.time.Instant;
import java.util.Optional;

/// Accounts and their keys.
public interface AccountStore {

  /// The oldest account, if there is any.
  Optional<Account> first();

  /// Adds an account; its number is the next free one.
  Account create(String id, String name, Instant createdAt);

  void addKey(ApiKey key);

  /// The key with this hash, revoked or not.
  Optional<ApiKey> keyByHash(String hash);
}
