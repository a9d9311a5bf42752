package io.openqpr.web.wire;

/// Why bytes on a connection are no request that could be taken to a route.
public enum Refusal {
  /// Not HTTP/1.1 or 1.0, or so crooked that two readers could read it in two ways.
  MALFORMED,
  LINE_TOO_LONG,
  HEADERS_TOO_LONG,
  /// Too many long heads come in at once.
  NO_ROOM,
  /// The head did not come in time.
  TOO_SLOW,
  /// `Expect` wants something that nobody can do.
  UNKNOWN_EXPECTATION,
  /// Another version of HTTP.
  UNKNOWN_VERSION,
  /// A transfer coding besides `chunked`.
  UNKNOWN_CODING
}
