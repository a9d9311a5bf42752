package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.ApiKey;
import io.openqpr.model.IdMaker;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.AccountStore.FirstKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes sure that there is an account and a key to begin with.
public final class Bootstrap {

  private static final Logger LOG = System.getLogger(Bootstrap.class.getName());

  private static final String FIRST_ACCOUNT = "default";
  static final String FIRST_KEY = "first key";

  /// The name of keys that the settings chose, by which the one before is found.
  private static final String CONFIGURED = "QPR_API_KEY";

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
  /// @param newKey the text of a key made now
  public record Outcome(Account account, Optional<String> newKey) {}

  /// @param configuredKey opens the first account from now on, unless it was revoked, and the one
  ///   configured before it no more; with `null`, a key is made when the account is
  /// @param show is told the text of a key that is made, before it is kept: whatever happens next,
  ///   it was seen
  public Outcome run(@Nullable String configuredKey, Consumer<String> show) {
    return configuredKey == null ? made(show) : configured(configuredKey);
  }

  private Outcome made(Consumer<String> show) {
    Optional<Account> known = store.first();
    if (known.isPresent()) {
      return new Outcome(known.get(), Optional.empty());
    }
    String text = keys.newText();
    show.accept(text);
    String id = ids.next(Account.ID_PREFIX);
    Account account = first(id, number -> keys.of(number, FIRST_KEY, null, text));
    if (!account.id().equals(id)) {
      LOG.log(
          Level.WARNING, "another server made the first account now; the key shown opens nothing");
      return new Outcome(account, Optional.empty());
    }
    return new Outcome(account, Optional.of(text));
  }

  private Outcome configured(String text) {
    String id = ids.next(Account.ID_PREFIX);
    Account account = first(id, number -> keys.of(number, CONFIGURED, null, text));
    Optional<ApiKey> known = store.keyByHash(KeyHash.of(text));
    if (known.isEmpty()) {
      store.addKey(keys.of(account.number(), CONFIGURED, null, text));
      revokeFormer(account, KeyHash.of(text));
    } else if (known.get().revoked()) {
      LOG.log(Level.WARNING, "QPR_API_KEY is a key that was revoked; it opens nothing");
    }
    return new Outcome(account, Optional.empty());
  }

  private Account first(String id, FirstKey key) {
    return store.firstOr(id, FIRST_ACCOUNT, clock.instant(), key);
  }

  private void revokeFormer(Account account, String hash) {
    for (ApiKey key : store.keys(account.number())) {
      if (key.name().equals(CONFIGURED) && !key.revoked() && !key.hash().equals(hash)) {
        store.revokeKey(account.number(), key.id(), clock.instant());
        LOG.log(Level.INFO, "revoked " + key.id() + ", which QPR_API_KEY was before");
      } else if (key.name().equals(FIRST_KEY) && !key.revoked()) {
        LOG.log(Level.INFO, key.id() + ", the key of the first start, still opens the account");
      }
    }
  }
}
