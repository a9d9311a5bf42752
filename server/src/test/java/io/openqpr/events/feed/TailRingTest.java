package io.openqpr.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.store.FeedPlace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is in memory is told from there for a moment only.
class TailRingTest {

  private long nanos;
  private final TailRing ring = new TailRing(1 << 20, () -> nanos);

  private static FeedPlace place(long position) {
    return new FeedPlace(new TreeMap<>(Map.of(1, position)));
  }

  @Test
  void whatIsOlderThanTenSecondsIsReadFromTheStore() {
    ring.add(Bunch.of(List.of(), place(0), place(5)));
    nanos += Duration.ofSeconds(6).toNanos();
    ring.add(Bunch.of(List.of(), place(5), place(9)));
    assertThat(ring.entrance(place(0))).hasValueSatisfying(at -> assertThat(at.bunch()).isZero());

    nanos += Duration.ofSeconds(6).toNanos();
    assertThat(ring.entrance(place(0))).isEmpty();
    assertThat(ring.get(0)).isNull();
    assertThat(ring.entrance(place(5))).hasValueSatisfying(at -> assertThat(at.bunch()).isOne());

    nanos += Duration.ofSeconds(6).toNanos();
    assertThat(ring.entrance(place(5))).isEmpty();
    assertThat(ring.end()).isEqualTo(2);
  }
}
