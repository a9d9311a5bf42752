package io.openqpr.storage.store;

import io.openqpr.model.Conversation;
import io.openqpr.model.EventId;
import io.openqpr.model.EventType;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import java.time.Instant;

/// Something that happened, the same whenever and by whomever it is read.
///
/// @param line of the feed in which it lies
/// @param position in the line, behind the event: a place of this position has it
public record FeedEvent(
    EventId id, EventType type, Instant createdAt, int line, long position, Subject subject) {

  /// What it happened to, as it was just then.
  public sealed interface Subject {

    /// @param scan its conversation as of the event: none yet when it was created
    record OfScan(Scan scan) implements Subject {}

    /// @param scansTotal how many scans it had
    record OfCode(QprCode code, long scansTotal) implements Subject {}
  }

  /// Somebody scanned: whatever became of the conversation since.
  public static FeedEvent created(Scan scan, int line, long position) {
    var subject = new Subject.OfScan(scan.with(Conversation.NONE));
    EventType type = EventType.SCAN_CREATED;
    Instant at = scan.scannedAt();
    EventId id = EventId.of(type, at, account(subject), scan.id().text());
    return new FeedEvent(id, type, at, line, position, subject);
  }

  /// Of the heap, in bytes, rather too much.
  public int weight() {
    return 1_000
        + 2
            * switch (subject) {
              case Subject.OfScan(Scan scan) -> scan.metadata().length();
              case Subject.OfCode(QprCode code, _) ->
                  code.metadata().length() + code.prompt().length();
            };
  }

  public int account() {
    return account(subject);
  }

  /// The number of the code.
  public int code() {
    return switch (subject) {
      case Subject.OfScan(Scan scan) -> scan.code().number();
      case Subject.OfCode(QprCode code, _) -> code.ref().number();
    };
  }

  public static int account(Subject of) {
    return switch (of) {
      case Subject.OfScan(Scan scan) -> scan.code().account();
      case Subject.OfCode(QprCode code, _) -> code.ref().account();
    };
  }
}
