package io.openqpr.storage.store;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Accounts and their keys.
public interface AccountStore {

  /// The oldest account, if there is any.
  Optional<Account> first();

  /// The oldest account; the given one, added now, when there is none. Of several servers that ask
  /// at once one adds it.
  ///
  /// @param firstKey of the account of that number, added with it or not at all; or `null`
  Account firstOr(String id, String name, Instant createdAt, FirstKey firstKey);

  /// Makes an account's first key, given the account's number.
  @FunctionalInterface
  interface FirstKey {

    FirstKey NONE = account -> null;

    @Nullable ApiKey of(int account);
  }

  /// All accounts, by number.
  List<Account> all();

  /// The account of this number, which exists.
  Account byNumber(int number);

  /// Changes how long an account's scans are kept; `null` for ever.
  ///
  /// @return as it is now
  Account keepFor(int number, @Nullable Integer retentionDays);

  /// Adds accounts of another store as they are, with their numbers; those whose number is there
  /// already are left as they are.
  void restore(List<Account> accounts);

  /// Adds an account; its number is the next free one.
  ///
  /// @param firstKey added with it or not at all
  Account create(String id, String name, Instant createdAt, FirstKey firstKey);

  /// Adds an account that nobody can open yet.
  default Account create(String id, String name, Instant createdAt) {
    return create(id, name, createdAt, FirstKey.NONE);
  }

  /// A key whose hash is known already is left as it is.
  void addKey(ApiKey key);

  /// The key with this hash, revoked or not.
  default Optional<ApiKey> keyByHash(String hash) {
    return keysByHash(List.of(hash)).stream().findFirst();
  }

  /// Those that there are, asked for as [CodeStore#byShortIds].
  List<ApiKey> keysByHash(Collection<String> hashes);

  /// The account's keys, revoked ones too, newest first (by creation, then id).
  List<ApiKey> keys(int account);

  /// Revokes a key, unless it is the last good one that may do everything. Repeating it changes
  /// nothing.
  Revocation revokeKey(int account, String id, Instant now);

  /// Notes when keys (by id) were last used; never moves a time back.
  void keysUsed(Map<String, Instant> usedAt);

  /// How a revocation ended.
  sealed interface Revocation {

    /// @param key as it is now
    record Revoked(ApiKey key) implements Revocation {}

    /// Nothing was changed: nobody could make keys any more.
    record LastFullKey() implements Revocation {}

    /// The account has no such key.
    record Absent() implements Revocation {}
  }
}
