package io.openqpr.analytics.question;

import io.openqpr.storage.store.Counts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of another window, and how far they are from these.
///
/// @param timeseries index by index beside that of the answer
/// @param change in percent of the other window
/// @param conversationRateDifference this rate less that one
/// @param scansRatio these scans to those
record ComparisonView(
    Instant since,
    Instant until,
    long scansTotal,
    long scansUniqueDevices,
    long conversations,
    BigDecimal conversationRate,
    @Nullable Interval conversationRateInterval,
    long messages,
    List<AnalyticsView.Point> timeseries,
    Change change,
    @Nullable Difference conversationRateDifference,
    @Nullable Difference scansRatio,
    String list) {

  /// Each `null` where the other is 0.
  record Change(
      @Nullable BigDecimal scansTotal,
      @Nullable BigDecimal scansUniqueDevices,
      @Nullable BigDecimal conversations,
      @Nullable BigDecimal conversationRate,
      @Nullable BigDecimal messages) {}

  /// @param high `null` where nothing bounds it
  /// @param significant whether no difference is outside the interval of 95 %
  record Difference(
      @Nullable Double value, double low, @Nullable Double high, boolean significant) {}

  static ComparisonView of(Analytics.Side here, Analytics.Side there, Instant until, String list) {
    Counts a = here.counts();
    Counts b = there.counts();
    AnalyticsView numbers = AnalyticsView.of(there, false);
    return new ComparisonView(
        there.timeline().from(),
        until,
        b.scans(),
        b.devices(),
        b.conversations(),
        numbers.conversationRate(),
        Interval.ofShare(b.conversations(), b.scans()),
        b.messages(),
        numbers.timeseries(),
        new Change(
            percent(a.scans(), b.scans()),
            percent(a.devices(), b.devices()),
            percent(a.conversations(), b.conversations()),
            // (a/b) to (c/d) is as a·d to b·c
            a.scans() == 0
                ? null
                : percent(a.conversations() * b.scans(), b.conversations() * a.scans()),
            percent(a.messages(), b.messages())),
        difference(a, b),
        ratio(a, b),
        list);
  }

  private static @Nullable BigDecimal percent(long now, long then) {
    if (then == 0) {
      return null;
    }
    BigDecimal change =
        BigDecimal.valueOf(now)
            .subtract(BigDecimal.valueOf(then))
            .movePointRight(2)
            .divide(BigDecimal.valueOf(then), 1, RoundingMode.HALF_UP);
    return change.signum() == 0 ? BigDecimal.ZERO : change;
  }

  private static @Nullable Difference difference(Counts a, Counts b) {
    Interval interval =
        Interval.ofDifference(a.conversations(), a.scans(), b.conversations(), b.scans());
    return interval == null
        ? null
        : new Difference(
            (double) a.conversations() / a.scans() - (double) b.conversations() / b.scans(),
            interval.low(),
            interval.high(),
            interval.excludes(0));
  }

  private static @Nullable Difference ratio(Counts a, Counts b) {
    Interval interval = Interval.ofRatio(a.scans(), b.scans());
    return interval == null
        ? null
        : new Difference(
            b.scans() == 0 ? null : (double) a.scans() / b.scans(),
            interval.low(),
            interval.high(),
            interval.excludes(1));
  }
}
