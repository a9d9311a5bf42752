package io.openqpr.web.http;

import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.wire.Refusal;

/// What is told to those whose bytes are no request that a route could be looked for.
final class ProtocolErrors {

  private ProtocolErrors() {}

  static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED ->
          new Problem(Kind.BAD_REQUEST, "This is not an HTTP/1.1 request that can be understood.");
      case LINE_TOO_LONG ->
          new Problem(Kind.URI_TOO_LONG, "The request line must be shorter than 8 KiB.");
      case HEADERS_TOO_LONG ->
          new Problem(
              Kind.HEADERS_TOO_LARGE, "A request may have 100 headers, of 32 KiB all together.");
      case NO_ROOM ->
          new Problem(Kind.OVERLOADED, "Too many long requests come in: ask again in a moment.");
      case TOO_SLOW ->
          new Problem(Kind.TIMED_OUT, "The request did not come in time: send it at once.");
      case UNKNOWN_EXPECTATION ->
          new Problem(Kind.EXPECTATION_FAILED, "`Expect` may be `100-continue` and nothing else.");
      case UNKNOWN_VERSION ->
          new Problem(Kind.VERSION_NOT_SUPPORTED, "HTTP/1.1 and HTTP/1.0 are spoken here.");
      case UNKNOWN_CODING ->
          new Problem(
              Kind.NOT_IMPLEMENTED, "`Transfer-Encoding` may be `chunked` and nothing else.");
    };
  }
}
