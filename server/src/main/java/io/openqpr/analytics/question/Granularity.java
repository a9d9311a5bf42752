package io.openqpr.analytics.question;

/// The width of a time series' buckets. Shown by lower-case name.
enum Granularity {
  HOUR,
  DAY,
  WEEK
}
