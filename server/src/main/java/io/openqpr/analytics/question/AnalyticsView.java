package io.openqpr.analytics.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.openqpr.storage.store.Tally;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The numbers that a code's and an account's answer share; names and rounding are the contract's.
record AnalyticsView(
    long scansTotal,
    long scansUniqueDevices,
    BigDecimal conversationRate,
    BigDecimal avgMessagesPerConversation,
    List<Country> topCountries,
    List<Point> timeseries) {

  record Country(String country, long scans) {}

  /// @param partial `true` where the window has not all of the bucket, told to whom it is no news
  record Point(
      String date,
      long scans,
      long conversations,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean partial) {}

  /// @param plain whether it is answered as before questions had a language
  static AnalyticsView of(Analytics.Side side, boolean plain) {
    Tally tally = side.series().tally();
    long scans = 0;
    long conversations = 0;
    long messages = 0;
    for (Tally.Slice slice : tally.slices()) {
      scans += slice.scans();
      conversations += slice.conversations();
      messages += slice.messages();
    }
    return new AnalyticsView(
        scans,
        tally.devices(),
        ratio(conversations, scans, 2),
        ratio(messages, conversations, 1),
        tally.countries().stream().map(c -> new Country(c.country(), c.scans())).toList(),
        timeseries(side.timeline(), tally.slices(), plain));
  }

  /// Rounded half up; 0 where there is nothing to divide by. 0.7 is written so, not 0.70.
  static BigDecimal ratio(long part, long whole, int decimals) {
    if (whole == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal exact =
        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_UP);
    return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
  }

  private static List<Point> timeseries(
      Timeline timeline, List<Tally.Slice> slices, boolean plain) {
    Map<Long, Tally.Slice> byIndex = new HashMap<>();
    slices.forEach(slice -> byIndex.put(slice.index(), slice));
    return timeline.buckets().stream().map(bucket -> point(bucket, byIndex, plain)).toList();
  }

  private static Point point(
      Timeline.Bucket bucket, Map<Long, Tally.Slice> byIndex, boolean plain) {
    long scans = 0;
    long conversations = 0;
    for (Long index : bucket.slices()) {
      Tally.Slice slice = byIndex.get(index);
      if (slice != null) {
        scans += slice.scans();
        conversations += slice.conversations();
      }
    }
    return new Point(bucket.date(), scans, conversations, plain || !bucket.partial() ? null : true);
  }
}
