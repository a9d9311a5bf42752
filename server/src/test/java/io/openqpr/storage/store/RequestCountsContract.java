package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.RequestCounts.Count;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// How requests are counted, on any engine.
public abstract class RequestCountsContract {

  /// The test's own, always the same.
  protected abstract RequestCounts counts();

  protected abstract void passTime(Duration time);

  private long used(long sender) {
    return counts().add(Map.of(sender, 1)).get(sender).used();
  }

  @Test
  void eachSenderHasItsOwnCount() {
    assertThat(used(1)).isEqualTo(1);
    assertThat(used(-2)).isEqualTo(1);
    assertThat(used(1)).isEqualTo(2);

    Map<Long, Count> both = counts().add(Map.of(1L, 5, -2L, 1));
    assertThat(both.keySet()).containsExactlyInAnyOrder(1L, -2L);
    assertThat(both.get(1L).used()).isEqualTo(7);
    assertThat(both.get(-2L).used()).isEqualTo(2);
  }

  @Test
  void aMinuteEndsSixtySecondsAfterItsFirstRequest() {
    assertThat(used(1)).isEqualTo(1);
    passTime(Duration.ofSeconds(30));
    Count half = counts().add(Map.of(1L, 1)).get(1L);
    assertThat(half.used()).isEqualTo(2);
    assertThat(half.left()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));

    passTime(Duration.ofSeconds(30));
    Count next = counts().add(Map.of(1L, 3)).get(1L);
    assertThat(next.used()).isEqualTo(3);
    assertThat(next.left()).isBetween(Duration.ofSeconds(45), RequestCounts.MINUTE);
  }

  @Test
  void onlyMinutesThatAreOverAreForgotten() {
    used(1);
    passTime(Duration.ofSeconds(40));
    used(2);
    passTime(Duration.ofSeconds(25));
    counts().forgetOver();
    assertThat(used(2)).isEqualTo(2);
    assertThat(used(1)).isEqualTo(1);
  }

  @Test
  void noRequestIsLostBetweenThreads() {
    var seen = new ConcurrentLinkedQueue<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        threads.execute(() -> seen.add(counts().add(Map.of(1L, 1, 2L, 1)).get(1L).used()));
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
  }
}
