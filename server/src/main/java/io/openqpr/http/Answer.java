package io.openqpr.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// What goes back: status, headers, and the whole body. `Content-Length` is added by the server.
///
/// @param headers name and value alternate
@SuppressWarnings("ArrayRecordComponent") // a body is handed over, never compared
public record Answer(int status, List<String> headers, byte[] body) {

  private static final byte[] EMPTY = {};

  /// `200` with the value as JSON.
  public static Answer json(Object value) {
    return json(200, value);
  }

  public static Answer json(int status, Object value) {
    return new Answer(status, List.of("Content-Type", "application/json"), Json.write(value));
  }

  public static Answer html(int status, String page) {
    return new Answer(
        status,
        List.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
        page.getBytes(StandardCharsets.UTF_8));
  }

  /// `302` that no cache keeps: the next scan has to come here again.
  public static Answer redirect(String location) {
    return new Answer(302, List.of("Location", location, "Cache-Control", "no-store"), EMPTY);
  }

  /// The same with more headers.
  public Answer with(List<String> more) {
    return new Answer(status, Stream.concat(headers.stream(), more.stream()).toList(), body);
  }
}
