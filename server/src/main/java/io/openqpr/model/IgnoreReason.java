package io.openqpr.model;

import java.util.Locale;

/// Why a request for a scan URL was taken for no person scanning. Stored and shown by lower-case
/// name.
public enum IgnoreReason {
  /// A HEAD request: somebody only looks.
  HEAD,
  /// A browser loads ahead of a tap that may never come.
  PREFETCH,
  /// A chat or mail program, or a mail scanner, looks at a link that somebody sent.
  PREVIEW,
  /// A crawler of a search engine, an archive, a model's trainer.
  CRAWLER,
  /// An uptime check.
  MONITOR,
  /// A script or an HTTP library.
  SCRIPT,
  /// A browser that a program drives.
  HEADLESS,
  /// No user agent at all.
  NO_AGENT,
  /// Headers that no browser sends when a person opens a page, or lacks what each sends.
  NO_BROWSER,
  /// From an address of a data center.
  DATA_CENTER,
  /// From an address that the account told to ignore.
  RULE_ADDRESS,
  /// A user agent with a word that the account told to ignore.
  RULE_AGENT;

  /// As stored and shown.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static IgnoreReason of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
