package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import io.openqpr.model.IdMaker;
import io.openqpr.store.AccountStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes sure that there is an account and a key to begin with.
public final class Bootstrap {

  private static final String FIRST_ACCOUNT = "default";
  private static final String FIRST_KEY = "first key";

  private final AccountStore store;
  private final IdMaker ids;
  private final Clock clock;
  private final SecureRandom random;

  public Bootstrap(AccountStore store, IdMaker ids, Clock clock, SecureRandom random) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /// What the start found or made.
  ///
  /// @param newKey the text of a key made now, to be shown this once
  public record Outcome(Account account, Optional<String> newKey) {}

  /// @param configuredKey opens the first account from now on, unless it was revoked; with `null`,
  ///   a key is made when the account is
  public Outcome run(@Nullable String configuredKey) {
    Optional<Account> existing = store.first();
    Account account =
        existing.orElseGet(
            () -> store.create(ids.next(Account.ID_PREFIX), FIRST_ACCOUNT, clock.instant()));
    if (configuredKey != null) {
      if (store.keyByHash(KeyHash.of(configuredKey)).isEmpty()) {
        addKey(account, configuredKey);
      }
      return new Outcome(account, Optional.empty());
    }
    if (existing.isPresent()) {
      return new Outcome(account, Optional.empty());
    }
    String key = KeyHash.newKey(random);
    addKey(account, key);
    return new Outcome(account, Optional.of(key));
  }

  private void addKey(Account account, String key) {
    store.addKey(
        new ApiKey(
            ids.next(ApiKey.ID_PREFIX),
            account.number(),
            FIRST_KEY,
            KeyHash.of(key),
            clock.instant(),
            null));
  }
}
