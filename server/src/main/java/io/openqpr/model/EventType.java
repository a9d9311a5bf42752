package io.openqpr.model;

import java.util.Optional;

/// What the feed tells of. The order is that in which the events of one scan happen; stored by
/// ordinal, so a new type is a line at the end.
public enum EventType {
  /// Somebody scanned a code.
  SCAN_CREATED("scan.created"),
  /// A scan's conversation was opened.
  CONVERSATION_STARTED("conversation.started"),
  /// A scan's conversation came to its end.
  CONVERSATION_COMPLETED("conversation.completed"),
  CODE_CREATED("qpr_code.created"),
  /// A code was changed, but not deleted.
  CODE_UPDATED("qpr_code.updated"),
  CODE_DELETED("qpr_code.deleted");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /// As the API writes it.
  public String text() {
    return text;
  }

  /// Whether it is about a scan; otherwise it is about a code.
  public boolean isOfScan() {
    return compareTo(CODE_CREATED) < 0;
  }

  public static Optional<EventType> of(String text) {
    for (EventType type : values()) {
      if (type.text.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
