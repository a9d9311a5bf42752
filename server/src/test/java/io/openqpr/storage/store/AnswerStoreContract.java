package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.AnswerStore.Kept;
import org.junit.jupiter.api.Test;

/// How answers are kept for requests that are repeated.
public abstract class AnswerStoreContract extends StoreContract {

  @Test
  void anAnswerIsKeptUntilItExpires() {
    var kept = new Kept(account, "key", "hash", "answer", at(0));
    store.answers().keep(kept);

    assertThat(store.answers().find(account, "key")).contains(kept);
    assertThat(store.answers().find(account + 1, "key")).isEmpty();

    var newer = new Kept(account, "key", "hash2", "answer2", at(5));
    store.answers().keep(newer);
    assertThat(store.answers().find(account, "key")).contains(newer);

    var other = new Kept(account, "other", "h", "a", at(100));
    store.answers().keep(other);
    store.answers().forgetBefore(at(100));
    assertThat(store.answers().find(account, "key")).isEmpty();
    assertThat(store.answers().find(account, "other")).contains(other);
  }
}
