package io.openqpr.storage.journal;

/// Why the journal is of no use now: it refuses scans, or takes them without their ever reaching
/// the store.
public enum Obstacle {
  /// The last write failed: the disk is full, or broken. It is tried again every second, and by
  /// whoever scans.
  DISK_FAILED,
  /// The store is so far behind that no more is taken.
  BACKLOG_FULL,
  /// The writing thread has ended: a bug. A restart helps.
  WRITER_DEAD,
  /// Nothing reaches the store though it does not say that it is away: the applying thread has
  /// ended, or has been at the same place for too long. Help is needed, in the log it says which.
  APPLIER_STUCK,
  /// It is being closed.
  CLOSED
}
