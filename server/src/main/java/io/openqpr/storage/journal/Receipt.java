package io.openqpr.storage.journal;

/// What became of an event given to the journal.
public enum Receipt {
  /// On disk and synced: neither a crash nor a power cut undoes it.
  DURABLE,
  /// Refused, nothing written: too many events already wait for the disk.
  QUEUE_FULL,
  /// Refused, nothing written: the store has fallen too far behind.
  BACKLOG_FULL,
  /// Refused: the disk did not take it (full, or broken).
  DISK_FAILED,
  /// Refused: another server has taken this journal, and the store takes nothing from this one.
  TAKEN,
  /// Refused: the journal is closing.
  CLOSED
}
