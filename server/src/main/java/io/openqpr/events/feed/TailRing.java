package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedPlace;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The last bunches of events, by number, as many as fit into a part of the heap, and no older than
/// some seconds: what is erased meanwhile is in here still. Any thread.
final class TailRing {

  /// So that an idle feed's many small bunches do not pile up either.
  private static final int MOST_BUNCHES = 4_096;

  /// After which events are read from the store, where what was erased is no more. As long as a
  /// stream's reader may take.
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long bytes;
  private final LongSupplier nanos;
  private final long[] addedNanos = new long[MOST_BUNCHES];
  private final @Nullable Bunch[] byNumber = new @Nullable Bunch[MOST_BUNCHES];
  private long first;
  private long end;
  private long weight;

  TailRing(long bytes) {
    this(bytes, System::nanoTime);
  }

  /// @param nanos such as `System::nanoTime`
  TailRing(long bytes, LongSupplier nanos) {
    this.bytes = bytes;
    this.nanos = nanos;
  }

  synchronized void add(Bunch bunch) {
    forgetOld();
    addedNanos[(int) (end % MOST_BUNCHES)] = nanos.getAsLong();
    byNumber[(int) (end % MOST_BUNCHES)] = bunch;
    end++;
    weight += bunch.weight();
    // The last one stays, however large.
    while (end - first > MOST_BUNCHES - 1 || (weight > bytes && end - first > 1)) {
      dropFirst();
    }
  }

  synchronized void clear() {
    while (first < end) {
      dropFirst();
    }
  }

  private void forgetOld() {
    long now = nanos.getAsLong();
    while (first < end && now - addedNanos[(int) (first % MOST_BUNCHES)] > LONGEST_NANOS) {
      dropFirst();
    }
  }

  private void dropFirst() {
    int index = (int) (first % MOST_BUNCHES);
    weight -= Objects.requireNonNull(byNumber[index]).weight();
    byNumber[index] = null;
    first++;
  }

  /// The way in for a walk that has all that lies before one of the bunches; the last such one.
  synchronized Optional<Tail.Entrance> entrance(FeedPlace place) {
    forgetOld();
    for (long number = end - 1; number >= first; number--) {
      Bunch bunch = Objects.requireNonNull(byNumber[(int) (number % MOST_BUNCHES)]);
      if (place.includes(bunch.place())) {
        return Optional.of(new Tail.Entrance(number + 1, bunch.place()));
      }
      if (place.includes(bunch.from())) {
        return Optional.of(new Tail.Entrance(number, bunch.from()));
      }
    }
    return Optional.empty();
  }

  /// The number of the next one.
  synchronized long end() {
    return end;
  }

  /// `null` where it is not there yet, or not any more.
  synchronized @Nullable Bunch get(long number) {
    forgetOld();
    return number < first || number >= end ? null : byNumber[(int) (number % MOST_BUNCHES)];
  }
}
