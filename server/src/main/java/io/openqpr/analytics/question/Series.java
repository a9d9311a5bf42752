package io.openqpr.analytics.question;

import io.openqpr.storage.store.HitStore.HitCount;
import io.openqpr.storage.store.Slicing;
import io.openqpr.storage.store.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// What was counted, some of it perhaps outside the timeline.
record Series(Timeline timeline, Slicing slicing, Tally tally) {

  /// Where the timeline has to begin if it begins too late: scans are older than their code where
  /// that was made while the clock was wrong.
  Optional<Instant> beginning(List<HitCount> ignored) {
    LongStream hits = ignored.stream().mapToLong(HitCount::slice);
    LongStream scans = tally.slices().stream().mapToLong(Tally.Slice::index);
    OptionalLong first = LongStream.concat(scans, hits).min();
    return first.isPresent() && first.getAsLong() < firstSlice()
        ? Optional.of(Instant.ofEpochMilli(slicing.startOfEarly(first.getAsLong())))
        : Optional.empty();
  }

  /// All in slices of the timeline: what is dated later than now counts as now.
  Series fitted() {
    var slices = new TreeMap<Long, Tally.Slice>();
    for (Tally.Slice slice : tally.slices()) {
      long index = fit(slice.index());
      slices.merge(index, slice.at(index), Tally.Slice::plus);
    }
    return new Series(timeline, slicing, tally.with(List.copyOf(slices.values())));
  }

  List<HitCount> fitted(List<HitCount> ignored) {
    return ignored.stream()
        .map(hit -> new HitCount(fit(hit.slice()), hit.reason(), hit.hits()))
        .toList();
  }

  private long fit(long slice) {
    return Math.clamp(slice, firstSlice(), slicing.sliceOf(timeline.now().toEpochMilli()));
  }

  private long firstSlice() {
    return slicing.sliceOf(timeline.from().toEpochMilli());
  }
}
