package io.openqpr.platform.config;

/// How long one secret makes device keys: a calendar year, month or day in UTC.
public enum DeviceRotation {
  YEARLY,
  MONTHLY,
  DAILY
}
