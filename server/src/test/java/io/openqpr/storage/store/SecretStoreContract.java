package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/// How secrets are shared and thrown away.
public abstract class SecretStoreContract extends StoreContract {

  @Test
  void theFirstToAskForASecretMakesIt() {
    assertThat(store.secrets().shared("day-1", secret(1))).isEqualTo(secret(1));
    assertThat(store.secrets().shared("day-1", secret(2))).isEqualTo(secret(1));
    assertThat(store.secrets().shared("day-2", secret(2))).isEqualTo(secret(2));
    store.close();
    store = open();
    assertThat(store.secrets().shared("day-1", secret(3))).isEqualTo(secret(1));
  }

  @Test
  void aSecretThatIsForgottenNeverComesBack() {
    store.secrets().shared("day-1", secret(1));
    store.secrets().shared("day-2", secret(2));
    store.secrets().shared("month-1", secret(3));

    store.secrets().forget("day-", Set.of("day-2"));

    assertThat(store.secrets().shared("day-1", secret(4))).isEqualTo(secret(4));
    assertThat(store.secrets().shared("day-2", secret(4))).isEqualTo(secret(2));
    assertThat(store.secrets().shared("month-1", secret(4))).isEqualTo(secret(3));
    store.secrets().forget("day-", Set.of());
    assertThat(store.secrets().shared("day-2", secret(5))).isEqualTo(secret(5));
  }

  @Test
  void forgettingNothingIsNoMistake() {
    store.secrets().forget("day-", Set.of());
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[32];
    secret[0] = (byte) seed;
    return secret;
  }
}
