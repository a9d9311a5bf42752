package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How accounts' logos are kept.
public abstract class LogoStoreContract extends StoreContract {

  @Test
  void aLogoIsKeptByteByByteUntilItIsReplacedOrRemoved() {
    byte[] everyByte = new byte[70_000];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    assertThat(store.logos().find(account)).isEmpty();
    assertThat(store.logos().remove(account)).isFalse();

    store.logos().put(account, new byte[] {1});
    store.logos().put(account + 1, new byte[] {2});
    store.logos().put(account, everyByte);
    store.close();
    store = open();

    assertThat(store.logos().find(account)).hasValue(everyByte);
    assertThat(store.logos().find(account + 1)).hasValue(new byte[] {2});
    assertThat(store.logos().remove(account)).isTrue();
    assertThat(store.logos().find(account)).isEmpty();
    store.logos().put(account, new byte[] {3});
    assertThat(store.logos().find(account)).hasValue(new byte[] {3});
  }
}
