package io.openqpr.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.RequestCounts.Count;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalCountsTest extends RequestCountsContract {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LocalCounts counts = new LocalCounts(nanos::get);

  @Override
  protected RequestCounts counts() {
    return counts;
  }

  @Override
  protected void passTime(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void goesOnFromTheNewestThatWasCountedElsewhere() {
    counts.learn(1, new Count(7, Duration.ofSeconds(50)));
    counts.learn(1, new Count(6, Duration.ofSeconds(50)));
    assertThat(counts.add(1, 1)).isEqualTo(new Count(8, Duration.ofSeconds(50)));

    passTime(Duration.ofSeconds(51));
    assertThat(counts.of(1)).isEmpty();
    counts.learn(1, new Count(2, Duration.ofSeconds(59)));
    assertThat(counts.add(1, 1)).isEqualTo(new Count(3, Duration.ofSeconds(59)));
  }
}
