package io.openqpr.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.LocalCounts;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.storage.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SharedCountingTest {

  private static final int LIMIT = 100;

  private final LocalCounts all = new LocalCounts(System::nanoTime);

  private SharedCounting server(RequestCounts shared) {
    return new SharedCounting(shared, new LocalCounts(System::nanoTime));
  }

  /// The store, broken in some way.
  private abstract class Broken implements RequestCounts {
    @Override
    public void forgetOver() {
      all.forgetOver();
    }
  }

  @Test
  void everyRequestOfAllServersGetsANumberOfItsOwn() {
    var seen = new ConcurrentLinkedQueue<Long>();
    try (var one = server(all);
        var two = server(all);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LIMIT; i++) {
        var server = i % 2 == 0 ? one : two;
        threads.execute(() -> seen.add(server.next(1, LIMIT).used()));
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, LIMIT).boxed().toList());
  }

  @Test
  void whoIsOverTheLimitIsRefusedWithoutAsking() {
    try (var server = server(all)) {
      all.add(1, LIMIT);
      assertThat(server.next(1, LIMIT).used()).isEqualTo(LIMIT + 1);
      for (int i = 0; i < 50; i++) {
        assertThat(server.next(1, LIMIT).used()).isGreaterThan(LIMIT);
      }
      assertThat(all.of(1).orElseThrow().used()).isEqualTo(LIMIT + 1);
      assertThat(server.alone()).isZero();
    }
  }

  @Test
  void aStoreThatFailsLeavesEachServerToItself() {
    var away =
        new Broken() {
          @Override
          public Map<Long, Count> add(Map<Long, Integer> requests) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
          }
        };
    try (var server = server(away)) {
      for (int i = 1; i <= 150; i++) {
        assertThat(server.next(1, LIMIT).used()).isEqualTo(i);
      }
      assertThat(server.alone()).isEqualTo(LIMIT);
    }
  }

  @Test
  void aStoreThatHangsHoldsNobodyUp() {
    var open = new CountDownLatch(1);
    var hanging =
        new Broken() {
          @Override
          public Map<Long, Count> add(Map<Long, Integer> requests) {
            try {
              open.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return all.add(requests);
          }
        };
    try (var server = server(hanging)) {
      long start = System.nanoTime();
      for (int i = 1; i <= 90; i++) {
        assertThat(server.next(1, LIMIT).used()).isEqualTo(i);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      open.countDown();
    }
  }
}
