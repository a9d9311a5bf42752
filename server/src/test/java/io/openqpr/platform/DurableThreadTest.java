package io.openqpr.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.Logbook;
import io.openqpr.platform.metric.Counter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DurableThreadTest {

  @Test
  void goesOnAfterWhateverAStepThrowsAndTellsOnce() throws Exception {
    try (var logbook = new Logbook()) {
      var steps = new AtomicInteger();
      var enough = new CountDownLatch(1);
      var thread =
          DurableThread.start(
              "durable-test",
              () -> {
                switch (steps.incrementAndGet()) {
                  case 1 -> throw new StackOverflowError("the first");
                  case 2 -> throw new IllegalStateException("the second");
                  default -> enough.countDown();
                }
                return true;
              });
      assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
      thread.close();

      assertThat(thread.isAlive()).isFalse();
      assertThat(failuresOf("durable-test")).isEqualTo(2);
      assertThat(logbook.entriesWith("durable-test failed and goes on")).hasSize(1);
      assertThat(logbook.entriesWith("durable-test does its work again")).hasSize(1);
    }
  }

  @Test
  void endsWhenAStepSaysSo() {
    var steps = new AtomicInteger();
    DurableThread.start("ending-test", () -> steps.incrementAndGet() < 3).join();
    assertThat(steps).hasValue(3);
    assertThat(failuresOf("ending-test")).isZero();
  }

  @Test
  void closingDoesNotWaitForAPause() {
    var thread = DurableThread.every(Duration.ofDays(1), "pausing-test", () -> {});
    thread.close();
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void aStrayInterruptEndsNothing() throws Exception {
    var steps = new AtomicInteger();
    var after = new CountDownLatch(1);
    var thread =
        DurableThread.start(
            "interrupted-test",
            () -> {
              if (steps.incrementAndGet() == 1) {
                throw new InterruptedException();
              }
              after.countDown();
              return false;
            });
    assertThat(after.await(30, TimeUnit.SECONDS)).isTrue();
    thread.join();
    assertThat(failuresOf("interrupted-test")).isZero();
  }

  private static long failuresOf(String thread) {
    return DurableThread.counters().stream()
        .filter(counter -> counter.labels().getFirst().value().equals(thread))
        .map(Counter::value)
        .findFirst()
        .orElseThrow()
        .getAsLong();
  }
}
