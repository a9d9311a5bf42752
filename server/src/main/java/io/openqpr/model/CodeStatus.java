package io.openqpr.model;

/// Whether scanning a code opens its conversation. Stored and shown by lower-case name.
public enum CodeStatus {
  ACTIVE,
  PAUSED,
  ARCHIVED,
  /// Gone for its owner but for its scans; its short id is never used again.
  DELETED
}
