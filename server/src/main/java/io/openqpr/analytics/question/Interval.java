package io.openqpr.analytics.question;

import org.jspecify.annotations.Nullable;

/// Where a number lies that was only seen in a sample, with a confidence of 95 %.
///
/// @param high `null` where nothing bounds it
record Interval(double low, @Nullable Double high) {

  /// Quantile of the normal distribution for 97.5 %.
  private static final double Z = 1.959963984540054;

  /// Of a share: Wilson's score interval (1927), as recommended by Brown, Cai and DasGupta (2001).
  ///
  /// @return `null` where there is nothing to divide by
  static @Nullable Interval ofShare(long part, long whole) {
    if (whole == 0) {
      return null;
    }
    double n = whole;
    double share = part / n;
    double spread = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double middle = share + Z * Z / (2 * n);
    double scale = 1 + Z * Z / n;
    double low = part == 0 ? 0 : (middle - spread) / scale;
    double high = part == whole ? 1 : (middle + spread) / scale;
    return new Interval(low, high);
  }

  /// Of the difference of two independent shares, the first less the second: Newcombe's hybrid
  /// score interval (1998, method 10).
  ///
  /// @return `null` where either has nothing to divide by
  static @Nullable Interval ofDifference(long part, long whole, long otherPart, long otherWhole) {
    Interval a = ofShare(part, whole);
    Interval b = ofShare(otherPart, otherWhole);
    if (a == null || b == null || a.high == null || b.high == null) {
      return null;
    }
    double shareA = (double) part / whole;
    double shareB = (double) otherPart / otherWhole;
    double difference = shareA - shareB;
    return new Interval(
        difference - Math.hypot(shareA - a.low, b.high - shareB),
        difference + Math.hypot(a.high - shareA, shareB - b.low));
  }

  /// Of the ratio of two counts of rare events, the first to the second: of all of them together
  /// the first are a share, whose interval is that of the ratio (conditional score interval).
  ///
  /// @return `null` where there are none at all
  static @Nullable Interval ofRatio(long count, long other) {
    Interval share = ofShare(count, count + other);
    if (share == null || share.high == null) {
      return null;
    }
    return new Interval(
        share.low / (1 - share.low), other == 0 ? null : share.high / (1 - share.high));
  }

  /// Whether the number is another one than this, as far as the sample tells.
  boolean excludes(double number) {
    return low > number || (high != null && high < number);
  }
}
