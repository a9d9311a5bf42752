package io.openqpr.web.wire;

/// What a connection is at.
enum Stage {
  /// Nothing has come yet.
  NEW,
  /// Between two requests.
  IDLE,
  /// Within a request's head.
  HEAD,
  /// Within a request's body.
  BODY,
  /// The server works; the other side is not waited for.
  WORK,
  /// The other side is to take an answer.
  WRITE,
  /// All is said; what the client sends is thrown away.
  LINGER,
  /// Ended by this server.
  ENDED;

  /// Whether no request has begun.
  boolean isBetweenRequests() {
    return this == NEW || this == IDLE;
  }

  /// Whether a client in time trouble can still be told.
  boolean reads() {
    return this == HEAD || this == BODY;
  }
}
