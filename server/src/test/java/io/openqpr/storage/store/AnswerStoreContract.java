package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.AnswerStore.Kept;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
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

  @Test
  void oneOfAllWhoAskGetsTheClaim() {
    var claims = new ConcurrentLinkedQueue<Optional<Kept>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        threads.execute(() -> claims.add(claim(10)));
      }
    }

    assertThat(claims).hasSize(8);
    assertThat(claims.stream().filter(Optional::isEmpty)).hasSize(1);
  }

  @Test
  void aClaimGoesWhenItIsReleasedAndAnAnswerWhenItExpires() {
    assertThat(claim(10)).isEmpty();
    assertThat(claim(11)).get().matches(Kept::isClaim);
    store.answers().release(account, "key");
    assertThat(claim(11)).isEmpty();
    assertThat(claim(60)).get().matches(Kept::isClaim); // by a server that may have been killed

    var kept = new Kept(account, "key", "hash", "answer", at(16));
    store.answers().keep(kept);
    store.answers().release(account, "key");
    assertThat(claim(30)).contains(kept);
    assertThat(claim(66)).isEmpty(); // expired
  }

  /// All expires after 50 s.
  private Optional<Kept> claim(int second) {
    return store.answers().claim(new Kept(account, "key", "", "", at(second)), at(second - 50));
  }
}
