package io.openqpr.web.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.openqpr.web.http.Problem.Kind;

/// Answers requests that are so broken that no route was looked for: as a problem, without the
/// library's own words.
final class ProtocolErrors {

  private ProtocolErrors() {}

  static TransportResponse answer(EventType event, Status status) {
    Problem problem = problem(event, status);
    return TransportResponse.builder()
        .status(Status.create(problem.kind().status()))
        .header(HeaderNames.CONTENT_TYPE, Problems.CONTENT_TYPE)
        .keepAlive(false)
        .entity(Problems.json(problem))
        .build();
  }

  private static Problem problem(EventType event, Status status) {
    return switch (status.code()) {
      case 413 -> new Problem(Kind.TOO_LARGE, "The body is too large.");
      case 414 -> new Problem(Kind.URI_TOO_LONG, "The request line must be shorter than 8 KiB.");
      default ->
          event == EventType.INTERNAL_ERROR
              ? new Problem(Kind.INTERNAL, "Something broke on this server.")
              : new Problem(
                  Kind.BAD_REQUEST,
                  "This is not an HTTP/1.1 request that can be understood, or its headers are"
                      + " longer than 16 KiB.");
    };
  }
}
