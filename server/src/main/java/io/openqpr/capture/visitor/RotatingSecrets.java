package io.openqpr.capture.visitor;

import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.config.DeviceRotation;
import io.openqpr.storage.store.SecretStore;
import io.openqpr.storage.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// A random secret for each period, shared by all servers of the store and thrown away when the
/// period is over: nobody can make that period's keys any more, not even who runs the server.
///
/// The next period's is fetched ahead, so that whoever scans never waits for the store, and nothing
/// happens at midnight. Only a store that is away for all of a period has this server take a secret
/// of its own; a device that two servers see counts as two then.
public final class RotatingSecrets implements DeviceSecrets {

  private static final Logger LOG = System.getLogger(RotatingSecrets.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final String PREFIX = "device-key-";
  private static final int BYTES = 32;

  private final DeviceRotation rotation;
  private final SecretStore store;
  private final SecureRandom random;
  private final Clock clock;
  private final ClockWatch watch;
  private final DurableThread keeper;
  private volatile List<Held> shared = List.of();
  private @Nullable Held makeshift;

  /// A time that has been; null when there is nothing to forget.
  private @Nullable Instant knownTime;

  private record Held(KeyPeriod period, Mac mac) {}

  /// Fetches the secrets of now, and keeps them up to date.
  public RotatingSecrets(
      DeviceRotation rotation,
      SecretStore store,
      SecureRandom random,
      Clock clock,
      ClockWatch watch) {
    this.rotation = rotation;
    this.store = store;
    this.random = random;
    this.clock = clock;
    this.watch = watch;
    turn();
    this.keeper = DurableThread.every(PAUSE, "device-keys", this::keepInOrder);
  }

  /// Throws away what a rotation that was switched off left.
  public static void forgetAll(SecretStore store) {
    store.forget(PREFIX, Set.of());
  }

  @Override
  public Mac now() {
    long now = clock.millis();
    for (Held held : shared) {
      if (held.period().holds(now)) {
        return held.mac();
      }
    }
    return makeshift(now);
  }

  private synchronized Mac makeshift(long now) {
    Held own = makeshift;
    if (own == null || !own.period().holds(now)) {
      LOG.log(Level.WARNING, "device keys are made with a secret of this server's own for a while");
      own = new Held(KeyPeriod.of(rotation, now), DeviceSecrets.mac(fresh()));
      makeshift = own;
    }
    return own.mac();
  }

  private void keepInOrder() {
    try {
      turn();
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "device keys' secrets are kept in order later: " + e.getMessage());
    }
  }

  /// Fetches what is needed from now on, and throws away what is not.
  void turn() {
    KeyPeriod current = KeyPeriod.of(rotation, clock.millis());
    if (shared.isEmpty() || !shared.getFirst().period().equals(current)) {
      KeyPeriod next = KeyPeriod.of(rotation, current.until());
      byte[] own = fresh();
      byte[] secret = store.shared(name(current), own);
      shared = List.of(held(current, secret), held(next, store.shared(name(next), fresh())));
      boolean expected = !Arrays.equals(secret, own);
      knownTime = expected ? clock.instant() : Instant.EPOCH;
    }
    forgetOthers();
  }

  /// Only by a clock that is believed: without today's secret every device would be a new one. That
  /// the period before has made this one's secret, tells that it is its time.
  private void forgetOthers() {
    if (knownTime != null && watch.isBelieved(knownTime)) {
      store.forget(
          PREFIX, shared.stream().map(held -> name(held.period())).collect(Collectors.toSet()));
      knownTime = null;
    }
  }

  private static Held held(KeyPeriod period, byte[] secret) {
    return new Held(period, DeviceSecrets.mac(secret));
  }

  private static String name(KeyPeriod period) {
    return PREFIX + period.name();
  }

  private byte[] fresh() {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return secret;
  }

  @Override
  public void close() {
    keeper.close();
  }
}
