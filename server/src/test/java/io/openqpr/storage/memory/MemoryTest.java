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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /// What the store does between reading and answering.
  private volatile Runnable underWay = () -> {};

  private String ask(String key) {
    if (away) {
      throw new StoreException(Kind.UNAVAILABLE, "away");
    }
    asked++;
    String answer = key + asked;
    underWay.run();
    return answer;
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
  void aChangeWaitsForAFirstQuestionUnderWayWhoseAnswerMayBeOfBefore() throws Exception {
    var hasRead = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    underWay =
        () -> {
          hasRead.countDown();
          await(goOn);
        };
    Thread asking = Thread.ofPlatform().start(() -> memory.get("a"));
    await(hasRead);
    underWay = () -> {};

    Thread hearing = Thread.ofPlatform().start(() -> hear(Change.Kind.CODE, "a"));
    Set<Thread.State> still =
        EnumSet.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TERMINATED);
    while (!still.contains(hearing.getState())) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    asking.join();
    hearing.join();

    assertThat(memory.get("a")).isEqualTo("a2");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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
