package io.openqpr.web.http;

import java.util.List;

/// What the caller is told when the answer is no: RFC 9457 problem details.
///
/// @param detail one sentence or two: what was expected, what came, how to mend it
/// @param errors for bad input, each mistake found, all at once
public record Problem(Kind kind, String detail, List<FieldError> errors) {

  /// @param field the parameter, or the path into the body, such as `metadata` or `codes[3].name`
  public record FieldError(String field, String message) {}

  /// The closed set of problems. The problem's `type` is a stable relative URI,
  /// `/problems/<kind-in-kebab-case>`.
  public enum Kind {
    BAD_REQUEST(400, "Bad request"),
    UNAUTHORIZED(401, "Not authenticated"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    TIMED_OUT(408, "Request timeout"),
    CONFLICT(409, "Conflict"),
    TOO_LARGE(413, "Content too large"),
    URI_TOO_LONG(414, "URI too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    EXPECTATION_FAILED(417, "Expectation failed"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "Request header fields too large"),
    INTERNAL(500, "Internal error"),
    NOT_IMPLEMENTED(501, "Not implemented"),
    OVERLOADED(503, "Temporarily overloaded"),
    VERSION_NOT_SUPPORTED(505, "HTTP version not supported");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    public int status() {
      return status;
    }

    public String title() {
      return title;
    }
  }

  public Problem {
    errors = List.copyOf(errors);
  }

  public Problem(Kind kind, String detail) {
    this(kind, detail, List.of());
  }
}
