package io.openqpr.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Intervals compared with those of a statistics library.
class IntervalTest {

  private static final double ALPHA = 0.05;
  private static final Offset<Double> EXACTLY = within(1e-9);

  @Test
  void aSharesIntervalIsWilsons() {
    var random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      int whole = 1 + random.nextInt(i % 2 == 0 ? 30 : 1_000_000);
      int part = random.nextInt(whole + 1);
      var expected = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(whole, part, ALPHA);
      Interval interval = Interval.ofShare(part, whole);
      assertThat(interval.low()).isCloseTo(expected.getLowerBound(), EXACTLY);
      assertThat(interval.high()).isCloseTo(expected.getUpperBound(), EXACTLY);
    }
  }

  /// Newcombe's own examples (Statistics in Medicine 17, 1998, table II, method 10), to the digits
  /// that he gives.
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "0, 10, 0, 10, -0.2775, 0.2775",
    "10, 10, 0, 20, 0.6791, 1.0000",
    "10, 10, 0, 10, 0.6075, 1.0000",
  })
  void aDifferencesIntervalIsNewcombes(
      long part, long whole, long otherPart, long otherWhole, double low, double high) {
    Interval interval = Interval.ofDifference(part, whole, otherPart, otherWhole);
    assertThat(interval.low()).isCloseTo(low, within(5.1e-5));
    assertThat(interval.high()).isCloseTo(high, within(5.1e-5));
  }

  @Test
  void aDifferencesIntervalIsMadeOfTheLibrarys() {
    var random = new Random(6);
    for (int i = 0; i < 5_000; i++) {
      int n = 1 + random.nextInt(5_000);
      int m = 1 + random.nextInt(5_000);
      int a = random.nextInt(n + 1);
      int b = random.nextInt(m + 1);
      var first = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(n, a, ALPHA);
      var second = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(m, b, ALPHA);
      double p = (double) a / n;
      double q = (double) b / m;
      double down =
          Math.sqrt(
              Math.pow(p - first.getLowerBound(), 2) + Math.pow(second.getUpperBound() - q, 2));
      double up =
          Math.sqrt(
              Math.pow(first.getUpperBound() - p, 2) + Math.pow(q - second.getLowerBound(), 2));
      Interval interval = Interval.ofDifference(a, n, b, m);
      assertThat(interval.low()).isCloseTo(p - q - down, EXACTLY);
      assertThat(interval.high()).isCloseTo(p - q + up, EXACTLY);
      assertThat(interval.excludes(0)).isEqualTo(p - q - down > 0 || p - q + up < 0);
    }
  }

  @Test
  void aRatiosIntervalIsThatOfTheShareOfBoth() {
    var random = new Random(8);
    for (int i = 0; i < 5_000; i++) {
      int count = 1 + random.nextInt(3_000);
      int other = 1 + random.nextInt(3_000);
      var share =
          BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(count + other, count, ALPHA);
      Interval interval = Interval.ofRatio(count, other);
      double low = share.getLowerBound() / (1 - share.getLowerBound());
      double high = share.getUpperBound() / (1 - share.getUpperBound());
      assertThat(interval.low()).isCloseTo(low, within(1e-9 * Math.max(1, low)));
      assertThat(interval.high()).isCloseTo(high, within(1e-9 * Math.max(1, high)));
    }
  }

  @Test
  void nothingHasNoInterval() {
    assertThat(Interval.ofShare(0, 0)).isNull();
    assertThat(Interval.ofDifference(0, 0, 1, 2)).isNull();
    assertThat(Interval.ofDifference(1, 2, 0, 0)).isNull();
    assertThat(Interval.ofRatio(0, 0)).isNull();
    assertThat(Interval.ofRatio(5, 0).high()).isNull();
    assertThat(Interval.ofRatio(0, 5).low()).isZero();
  }
}
