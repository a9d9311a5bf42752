package io.openqpr.storage.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.platform.HeapShare;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Counts in this process: all that a server needs that is alone, and what one of several goes by
/// while the shared counts are away.
public final class LocalCounts implements RequestCounts {

  private static final int SENDER_BYTES = 100;

  /// When there are more, the least active start anew.
  private static final long REMEMBERED_SENDERS =
      Math.min(100_000, HeapShare.SENDERS.bytes() / SENDER_BYTES);

  /// Apart by less, two ends are those of the same minute, told at different times.
  private static final Duration SAME_MINUTE = Duration.ofSeconds(2);

  private final LongSupplier nanos;
  private final Cache<Long, Minute> minutes =
      Caffeine.newBuilder().maximumSize(REMEMBERED_SENDERS).build();

  /// @param nanos such as `System::nanoTime`
  public LocalCounts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Minute(long used, long endNanos) {

    boolean isOver(long now) {
      return endNanos - now <= 0;
    }

    Count count(long now) {
      return new Count(used, Duration.ofNanos(endNanos - now));
    }
  }

  @Override
  public Map<Long, Count> add(Map<Long, Integer> requests) {
    var counts = new HashMap<Long, Count>();
    requests.forEach((sender, more) -> counts.put(sender, add(sender, more)));
    return counts;
  }

  /// As for many senders.
  public Count add(long sender, int more) {
    long now = nanos.getAsLong();
    return minutes
        .asMap()
        .compute(
            sender,
            (s, old) ->
                old == null || old.isOver(now)
                    ? new Minute(more, now + MINUTE.toNanos())
                    : new Minute(old.used() + more, old.endNanos()))
        .count(now);
  }

  /// The count of a minute that runs.
  public Optional<Count> of(long sender) {
    long now = nanos.getAsLong();
    return Optional.ofNullable(minutes.getIfPresent(sender))
        .filter(minute -> !minute.isOver(now))
        .map(minute -> minute.count(now));
  }

  /// Goes on from what was counted elsewhere. Of one minute the largest count is the newest.
  public void learn(long sender, Count count) {
    long end = nanos.getAsLong() + count.left().toNanos();
    minutes
        .asMap()
        .merge(
            sender,
            new Minute(count.used(), end),
            (old, told) -> {
              boolean same = Math.abs(old.endNanos() - end) < SAME_MINUTE.toNanos();
              return same && old.used() > told.used() ? old : told;
            });
  }

  @Override
  public void forgetOver() {
    long now = nanos.getAsLong();
    minutes.asMap().values().removeIf(minute -> minute.isOver(now));
  }
}
