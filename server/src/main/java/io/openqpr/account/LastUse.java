package io.openqpr.account;

import io.openqpr.platform.DurableThread;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When keys were last used: kept here, and written every few seconds instead of at every request.
/// A crash loses the last seconds of it.
public final class LastUse implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LastUse.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final AccountStore store;
  private final Clock clock;
  private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();
  private final DurableThread writer;

  public LastUse(AccountStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.writer = DurableThread.every(PAUSE, "key-use", this::write);
  }

  void now(String keyId) {
    unwritten.put(keyId, clock.instant());
  }

  /// What is known here and may not be in the store yet.
  Optional<Instant> of(String keyId) {
    return Optional.ofNullable(unwritten.get(keyId));
  }

  private void write() {
    Map<String, Instant> some = Map.copyOf(unwritten);
    if (some.isEmpty()) {
      return;
    }
    try {
      store.keysUsed(some);
      some.forEach(unwritten::remove);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNAVAILABLE) { // that is told elsewhere, once
        LOG.log(Level.WARNING, "when keys were used is written later: " + e.getMessage());
      }
    }
  }

  /// Writes what is left.
  @Override
  public void close() {
    writer.close();
    write();
  }
}
