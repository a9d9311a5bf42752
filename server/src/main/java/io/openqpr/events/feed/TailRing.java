package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedPlace;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last bunches of events, by number, as many as fit into a part of the heap. Any thread.
final class TailRing {

  /// So that an idle feed's many small bunches do not pile up either.
  private static final int MOST_BUNCHES = 4_096;

  private final long bytes;
  private final @Nullable Bunch[] byNumber = new @Nullable Bunch[MOST_BUNCHES];
  private long first;
  private long end;
  private long weight;

  TailRing(long bytes) {
    this.bytes = bytes;
  }

  synchronized void add(Bunch bunch) {
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

  private void dropFirst() {
    int index = (int) (first % MOST_BUNCHES);
    weight -= Objects.requireNonNull(byNumber[index]).weight();
    byNumber[index] = null;
    first++;
  }

  /// The way in for a walk that has all that lies before one of the bunches; the last such one.
  synchronized Optional<Tail.Entrance> entrance(FeedPlace place) {
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
    return number < first || number >= end ? null : byNumber[(int) (number % MOST_BUNCHES)];
  }
}
