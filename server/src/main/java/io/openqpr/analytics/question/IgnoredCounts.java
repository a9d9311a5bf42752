package io.openqpr.analytics.question;

import io.openqpr.model.IgnoreReason;
import io.openqpr.storage.store.HitStore.HitCount;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What was filtered in the same window and buckets, and why. None of it is in any other number.
///
/// @param byReason reasons that occurred, in the order of the closed set
record IgnoredCounts(long total, Map<String, Long> byReason, List<Point> timeseries) {

  /// @param byReason reasons that occurred in the bucket
  record Point(String date, long ignored, Map<String, Long> byReason) {}

  static IgnoredCounts of(Timeline timeline, List<HitCount> counts) {
    Map<String, Long> all = byReason(counts);
    Map<Long, List<HitCount>> bySlice =
        counts.stream().collect(Collectors.groupingBy(HitCount::slice));
    return new IgnoredCounts(
        sum(all), all, timeline.buckets().stream().map(bucket -> point(bucket, bySlice)).toList());
  }

  private static Point point(Timeline.Bucket bucket, Map<Long, List<HitCount>> bySlice) {
    Map<String, Long> reasons =
        byReason(
            bucket.slices().stream()
                .flatMap(slice -> bySlice.getOrDefault(slice, List.of()).stream())
                .toList());
    return new Point(bucket.date(), sum(reasons), reasons);
  }

  private static Map<String, Long> byReason(Collection<HitCount> counts) {
    var hits = new EnumMap<IgnoreReason, Long>(IgnoreReason.class);
    for (HitCount count : counts) {
      hits.merge(count.reason(), count.hits(), Long::sum);
    }
    var byText = new LinkedHashMap<String, Long>();
    hits.forEach((reason, number) -> byText.put(reason.text(), number));
    return byText;
  }

  private static long sum(Map<String, Long> hits) {
    return hits.values().stream().mapToLong(Long::longValue).sum();
  }
}
