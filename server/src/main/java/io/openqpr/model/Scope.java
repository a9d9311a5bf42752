package io.openqpr.model;

import java.util.Optional;

/// What an API key may do.
public enum Scope {
  SCANS_READ("scans:read"),
  SCANS_WRITE("scans:write"),
  SCANS_ERASE("scans:erase"),
  ANALYTICS_READ("analytics:read"),
  CODES_READ("codes:read"),
  CODES_WRITE("codes:write"),
  CONVERSATIONS_WRITE("conversations:write"),
  EVENTS_READ("events:read"),
  WEBHOOKS_READ("webhooks:read"),
  WEBHOOKS_WRITE("webhooks:write"),
  KEYS_WRITE("keys:write"),
  ACCOUNT_WRITE("account:write"),
  IMPORT("import");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /// As the API and the store write it.
  public String text() {
    return text;
  }

  public static Optional<Scope> of(String text) {
    for (Scope scope : values()) {
      if (scope.text.equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
