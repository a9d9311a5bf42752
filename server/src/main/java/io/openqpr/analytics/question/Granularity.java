package io.openqpr.analytics.question;

/// The width of a time series' buckets, finest first. Shown by lower-case name.
enum Granularity {
  HOUR(1),
  DAY(24),
  WEEK(7 * 24);

  private final int hours;

  Granularity(int hours) {
    this.hours = hours;
  }

  /// As long as one is, but for clock changes.
  int hours() {
    return hours;
  }
}
