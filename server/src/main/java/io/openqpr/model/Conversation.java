package io.openqpr.model;

/// How far the conversation of a scan is. A scan has at most one, and it only ever moves on: see
/// [#merge].
///
/// @param messages messages exchanged by both sides so far, 0 or more
public record Conversation(Status status, int messages) {

  /// In the order in which a conversation moves. Stored by ordinal.
  public enum Status {
    NONE,
    OPEN,
    COMPLETED
  }

  public static final Conversation NONE = new Conversation(Status.NONE, 0);

  /// More messages than any conversation has; a larger number is a mistake of the reporter.
  public static final int MAX_MESSAGES = 1_000_000;

  public Conversation {
    if (messages < 0 || messages > MAX_MESSAGES || (status == Status.NONE && messages > 0)) {
      throw new IllegalArgumentException(messages + " messages, " + status);
    }
  }

  /// Whether the person opened a conversation.
  public boolean started() {
    return status != Status.NONE;
  }

  /// Both seen: the later status, the larger number of messages. Commutative and idempotent, so
  /// reports may come twice or out of order. The stores' SQL does the same.
  public Conversation merge(Conversation other) {
    Status later = status.compareTo(other.status) >= 0 ? status : other.status;
    return new Conversation(later, Math.max(messages, other.messages));
  }
}
