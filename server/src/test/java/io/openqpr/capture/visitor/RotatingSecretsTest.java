package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.config.DeviceRotation;
import io.openqpr.storage.store.SecretStore;
import io.openqpr.storage.store.StoreException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotatingSecretsTest {

  private static final Device PHONE =
      new Device.Seen(InetAddress.ofLiteral("203.0.113.9"), "agent", "de");

  private final Secrets store = new Secrets();
  private Instant now = Instant.parse("2026-12-31T23:59:59.999Z");
  private final InstantSource watch = () -> now;
  private final Clock clock = watch.withZone(ZoneOffset.UTC);

  /// Whether it moves without the machine's uptime.
  private boolean clockIsSet;

  @ParameterizedTest
  @CsvSource({
    "DAILY, 2026-12-31T00:00:00Z, 2027-01-01T00:00:00Z, 2026-12-31 2027-01-01",
    "MONTHLY, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026-12 2027-01",
    "YEARLY, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026 2027",
  })
  void keysAreTheSameInAPeriodAndOthersFromItsEndOn(
      DeviceRotation rotation, Instant from, Instant until, String names) throws Exception {
    try (var secrets = rotating(rotation)) {
      var keys = new DeviceKeys(secrets);
      assertThat(store.names()).isEqualTo(names);

      now = from;
      long key = keys.keyOf(1, PHONE);
      now = until.minusMillis(1);
      assertThat(keys.keyOf(1, PHONE)).isEqualTo(key);
      now = until;
      assertThat(keys.keyOf(1, PHONE)).isNotEqualTo(key);
    }
  }

  @Test
  void theSecretOfAPeriodThatIsOverIsThrownAway() throws Exception {
    try (var secrets = rotating(DeviceRotation.DAILY)) {
      now = Instant.parse("2027-01-01T00:00:00Z");
      secrets.turn();
      assertThat(store.names()).isEqualTo("2027-01-01 2027-01-02");
    }
    RotatingSecrets.forgetAll(store);
    assertThat(store.names()).isEmpty();
  }

  @Test
  void serversOfOneStoreAgreeAndARestartChangesNothing() throws Exception {
    try (var one = rotating(DeviceRotation.MONTHLY);
        var two = rotating(DeviceRotation.MONTHLY)) {
      long key = new DeviceKeys(one).keyOf(1, PHONE);
      assertThat(new DeviceKeys(two).keyOf(1, PHONE)).isEqualTo(key);
      now = Instant.parse("2027-01-01T00:00:00Z");
      assertThat(new DeviceKeys(two).keyOf(1, PHONE))
          .isEqualTo(new DeviceKeys(one).keyOf(1, PHONE))
          .isNotEqualTo(key);
    }
  }

  @Test
  void whileTheStoreIsAwayKeysAreMadeAllTheSame() throws Exception {
    try (var secrets = rotating(DeviceRotation.DAILY)) {
      var keys = new DeviceKeys(secrets);
      store.away = true;
      now = Instant.parse("2027-01-03T12:00:00Z");
      long key = keys.keyOf(1, PHONE);
      assertThat(keys.keyOf(1, PHONE)).isEqualTo(key);

      store.away = false;
      secrets.turn();
      assertThat(store.names()).isEqualTo("2027-01-03 2027-01-04");
      assertThat(keys.keyOf(1, PHONE)).isEqualTo(new DeviceKeys(secrets).keyOf(1, PHONE));
    }
  }

  private RotatingSecrets rotating(DeviceRotation rotation) {
    return new RotatingSecrets(
        rotation, store, new SecureRandom(), clock, new ClockWatch(clock, () -> uptimeNanos()));
  }

  private long uptimeNanos() {
    return clockIsSet ? 0 : TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli());
  }

  @Test
  void aClockThatIsAheadForSecondsThrowsNothingAway() throws Exception {
    clockIsSet = true;
    try (var secrets = rotating(DeviceRotation.DAILY)) {
      var keys = new DeviceKeys(secrets);
      long key = keys.keyOf(1, PHONE);
      Instant right = now;
      now = Instant.parse("2036-01-01T00:00:00Z");
      secrets.turn();
      assertThat(keys.keyOf(1, PHONE)).isNotEqualTo(key);
      now = right;
      secrets.turn();
      assertThat(keys.keyOf(1, PHONE)).isEqualTo(key);
    }
  }

  @Test
  void aClockThatIsAheadAtTheStartThrowsNothingAwayForAnHour() throws Exception {
    Instant right = now;
    rotating(DeviceRotation.DAILY).close();
    now = Instant.parse("2036-01-01T00:00:00Z");
    try (var secrets = rotating(DeviceRotation.DAILY)) {
      assertThat(store.names()).contains("2026-12-31");
      now = now.plus(Duration.ofHours(1));
      secrets.turn();
      assertThat(store.names()).isEqualTo("2036-01-01 2036-01-02");
    }
    now = right;
  }

  /// Of servers that share it.
  private static final class Secrets implements SecretStore {

    private final Map<String, byte[]> kept = new HashMap<>();
    private boolean away;

    @Override
    public synchronized byte[] shared(String name, byte[] own) {
      if (away) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
      }
      byte[] first = kept.putIfAbsent(name, own);
      return first == null ? own : first;
    }

    @Override
    public synchronized void forget(String prefix, Set<String> names) {
      kept.keySet().removeIf(name -> name.startsWith(prefix) && !names.contains(name));
    }

    String names() {
      return String.join(
          " ", kept.keySet().stream().sorted().map(n -> n.replace("device-key-", "")).toList());
    }
  }
}
