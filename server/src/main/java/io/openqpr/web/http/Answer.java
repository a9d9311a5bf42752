package io.openqpr.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// What goes back: status, headers, body. `Content-Length` of a whole body is added by the server.
///
/// @param headers name and value alternate
public record Answer(int status, List<String> headers, Body body) {

  private static final Body EMPTY = new Body.Whole(new byte[0]);

  /// All at once, or written as it comes to be.
  public sealed interface Body {

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Whole(byte[] bytes) implements Body {}

    /// Written when the headers are gone. What is thrown then breaks the connection, so that nobody
    /// takes half an answer for a whole one.
    record Streamed(Writing writing) implements Body {}

    @FunctionalInterface
    interface Writing {
      void to(OutputStream out) throws IOException;
    }
  }

  public static Answer of(int status, List<String> headers, byte[] body) {
    return new Answer(status, headers, new Body.Whole(body));
  }

  /// `200` with the value as JSON.
  public static Answer json(Object value) {
    return json(200, value);
  }

  public static Answer json(int status, Object value) {
    return of(status, List.of("Content-Type", "application/json"), Json.write(value));
  }

  public static Answer html(int status, String page) {
    return of(
        status,
        List.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
        page.getBytes(StandardCharsets.UTF_8));
  }

  /// `200` with a file of this media type.
  public static Answer file(String mediaType, byte[] bytes) {
    return of(200, List.of("Content-Type", mediaType), bytes);
  }

  /// `204`: done, and nothing to say.
  public static Answer nothing() {
    return nothing(204);
  }

  /// Nothing but the status.
  public static Answer nothing(int status) {
    return new Answer(status, List.of(), EMPTY);
  }

  /// `304`: what the caller keeps is still right. Headers are to be those of the `200`.
  public static Answer notModified() {
    return new Answer(304, List.of(), EMPTY);
  }

  /// `302` that no cache keeps: the next scan has to come here again.
  public static Answer redirect(String location) {
    return new Answer(302, List.of("Location", location, "Cache-Control", "no-store"), EMPTY);
  }

  /// `200` with a body of any length.
  public static Answer streamed(List<String> headers, Body.Writing writing) {
    return new Answer(200, headers, new Body.Streamed(writing));
  }

  /// The same with more headers.
  public Answer with(List<String> more) {
    return new Answer(status, Stream.concat(headers.stream(), more.stream()).toList(), body);
  }
}
