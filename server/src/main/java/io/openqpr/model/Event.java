package io.openqpr.model;

/// What the journal keeps and the store applies, in order.
public sealed interface Event {

  /// A new scan, its conversation not yet begun.
  record ScanCaptured(Scan scan) implements Event {}

  /// A request for a scan URL that is no scan.
  record HitIgnored(IgnoredHit hit) implements Event {}

  /// How far a scan's conversation is, to be merged with what is known: [Conversation#merge].
  ///
  /// @param code the number of the scan's code
  /// @param scannedAtMillis the scan's time, which leads the store to its row
  /// @param reportedAtMillis when it was told; the scan's time where an older version wrote it
  record ConversationReported(
      ScanId scan,
      int account,
      int code,
      long scannedAtMillis,
      Conversation conversation,
      long reportedAtMillis)
      implements Event {}
}
