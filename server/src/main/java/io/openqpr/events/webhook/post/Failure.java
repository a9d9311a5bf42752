package io.openqpr.events.webhook.post;

import java.util.Locale;

/// Why a request was no success.
public enum Failure {
  /// The name is not known, or nobody said so in time.
  DNS,
  /// Nothing may be sent there.
  TARGET_REFUSED,
  /// Nobody accepts connections there.
  CONNECT,
  /// No connection that can be trusted.
  TLS,
  /// The time was over.
  TIMEOUT,
  /// The connection ended before the answer did.
  CLOSED,
  /// What came was no answer.
  PROTOCOL,
  /// The answer sends elsewhere, where nothing is sent.
  REDIRECT,
  /// The answer says that it was no success.
  STATUS,
  /// What it tells of is no more.
  ERASED;

  /// As the API shows it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
