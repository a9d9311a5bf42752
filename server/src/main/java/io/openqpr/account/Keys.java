package io.openqpr.account;

import io.openqpr.model.ApiKey;
import io.openqpr.model.IdMaker;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.AccountStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes new keys.
public final class Keys {

  private final AccountStore store;
  private final IdMaker ids;
  private final Clock clock;
  private final SecureRandom random;

  public Keys(AccountStore store, IdMaker ids, Clock clock, SecureRandom random) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /// @param text to be shown this once
  record Made(ApiKey key, String text) {}

  /// @param scopes `null` for everything
  Made make(int account, String name, @Nullable Set<Scope> scopes) {
    String text = newText();
    ApiKey key = of(account, name, scopes, text);
    store.addKey(key);
    return new Made(key, text);
  }

  /// The text of a key that nobody has.
  String newText() {
    return KeyHash.newKey(random);
  }

  /// A key of this text, not added yet.
  ApiKey of(int account, String name, @Nullable Set<Scope> scopes, String text) {
    return new ApiKey(
        ids.next(ApiKey.ID_PREFIX),
        account,
        name,
        KeyHash.of(text),
        scopes,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        null,
        null);
  }
}
