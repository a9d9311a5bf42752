package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.IdMaker;
import io.openqpr.storage.store.AccountStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes sure that there is an account and a key to begin with.
public final class Bootstrap {

  private static final String FIRST_ACCOUNT = "default";
  static final String FIRST_KEY = "first key";

  private final AccountStore store;
  private final Keys keys;
  private final IdMaker ids;
  private final Clock clock;

  public Bootstrap(AccountStore store, Keys keys, IdMaker ids, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
  }

  /// What the start found or made.
  ///
  /// @param newKey the text of a key made now, to be shown this once
  public record Outcome(Account account, Optional<String> newKey) {}

  /// @param configuredKey opens the first account from now on, unless it was revoked; with `null`,
  ///   a key is made when the account is
  public Outcome run(@Nullable String configuredKey) {
    String newId = ids.next(Account.ID_PREFIX);
    Account account = store.firstOr(newId, FIRST_ACCOUNT, clock.instant());
    if (configuredKey != null) {
      if (store.keyByHash(KeyHash.of(configuredKey)).isEmpty()) {
        keys.add(account.number(), FIRST_KEY, null, configuredKey);
      }
      return new Outcome(account, Optional.empty());
    }
    if (!account.id().equals(newId)) {
      return new Outcome(account, Optional.empty());
    }
    Keys.Made made = keys.make(account.number(), FIRST_KEY, null);
    return new Outcome(account, Optional.of(made.text()));
  }
}
