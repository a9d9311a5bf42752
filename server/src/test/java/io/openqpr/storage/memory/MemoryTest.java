package io.openqpr.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Changes.Listener> listeners = new ArrayList<>();
  private Duration trust = Duration.ofHours(1);
  private int asked;
  private boolean away;

  private final Memory<String> memory =
      new Memory<>(
          HeapShare.CODES,
          String::length,
          Change.Kind.CODE,
          new Changes() {
            @Override
            public void listen(Listener listener) {
              listeners.add(listener);
            }

            @Override
            public Duration trust() {
              return trust;
            }

            @Override
            public long heard() {
              return 0;
            }

            @Override
            public long lost() {
              return 0;
            }
          },
          this::ask);

  private String ask(String key) {
    if (away) {
      throw new StoreException(Kind.UNAVAILABLE, "away");
    }
    asked++;
    return key + asked;
  }

  private void hear(Change.Kind kind, String key) {
    listeners.forEach(listener -> listener.changed(new Change(kind, key)));
  }

  @Test
  void remembersUntilItHearsOfAChange() {
    assertThat(memory.get("a")).isEqualTo("a1");
    hear(Change.Kind.CODE, "b");
    hear(Change.Kind.API_KEY, "a");
    assertThat(memory.get("a")).isEqualTo("a1");

    hear(Change.Kind.CODE, "a");
    assertThat(memory.get("a")).isEqualTo("a2");
    assertThat(memory.getWithin(PATIENCE, PATIENCE, "a")).isEqualTo("a2");
  }

  @Test
  void asksAgainWhenChangesMayHaveBeenMissed() {
    memory.get("a");
    listeners.forEach(Changes.Listener::missed);
    assertThat(memory.getWithin(PATIENCE, PATIENCE, "a")).isEqualTo("a2");
    listeners.forEach(Changes.Listener::missed);
    assertThat(memory.get("a")).isEqualTo("a3");
    assertThat(memory.get("a")).isEqualTo("a3");
  }

  @Test
  void asksAgainWhenWhatWasReadIsNoLongerTrusted() {
    memory.get("a");
    trust = Duration.ZERO;
    assertThat(memory.getWithin(PATIENCE, PATIENCE, "a")).isEqualTo("a2");
    assertThat(memory.get("a")).isEqualTo("a3");
  }

  @Test
  void whileTheStoreIsAwayWhatWasKnownIsRightOnlyForThoseWhoCannotWait() {
    memory.get("a");
    trust = Duration.ZERO;
    away = true;
    assertThat(memory.getWithin(PATIENCE, PATIENCE, "a")).isEqualTo("a1");
    assertThat(memory.getWithin(PATIENCE, PATIENCE, "a")).isEqualTo("a1");
    assertThatThrownBy(() -> memory.get("a")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> memory.getWithin(PATIENCE, PATIENCE, "b"))
        .isInstanceOf(StoreException.class);
    assertThat(memory.unanswered()).isEqualTo(1);
  }

  @Test
  void whatChangedJustBeforeTheStoreWentAwayIsTheLastThatIsKnown() {
    memory.get("a");
    hear(Change.Kind.CODE, "a");
    away = true;
    assertThat(memory.getWithin(PATIENCE, PATIENCE, "a")).isEqualTo("a1");
    away = false;
    assertThat(memory.get("a")).isEqualTo("a2");
  }
}
