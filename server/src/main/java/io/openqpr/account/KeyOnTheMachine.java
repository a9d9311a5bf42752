package io.openqpr.account;

import io.openqpr.model.Account;
import io.openqpr.model.IdMaker;
import io.openqpr.platform.CannotStartException;
import io.openqpr.storage.store.AccountStore;
import java.security.SecureRandom;
import java.time.Clock;

/// Makes a key for whoever has the machine, when all others were lost.
public final class KeyOnTheMachine {

  private KeyOnTheMachine() {}

  /// A key of the first account that may do everything.
  ///
  /// @return its text, kept nowhere
  /// @throws CannotStartException when no server was ever started on this store
  public static String make(AccountStore store, String name, Clock clock, SecureRandom random) {
    Account first =
        store
            .first()
            .orElseThrow(() ->
                new CannotStartException(
                    "there is no account yet: the first start of the server makes one, and shows its key"));
    return new Keys(store, new IdMaker(clock, random), clock, random)
        .make(first.number(), name, null)
        .text();
  }
}
