package io.openqpr;

import io.openqpr.web.http.Route;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes requests of which much is right and something usually is not.
final class RandomRequests {

  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW");
  private static final List<String> NAMES =
      List.of(
          "limit",
          "offset",
          "cursor",
          "since",
          "until",
          "qpr_code_id",
          "period",
          "granularity",
          "timezone",
          "status",
          "search",
          "format",
          "columns",
          "create_codes",
          "size",
          "ec",
          "fg",
          "x",
          "",
          "%00",
          "%ff",
          "limit%5B%5D");
  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "-1",
          "200",
          "99999999999999999999",
          "abc",
          "",
          "2026-03-20T15:30:00Z",
          "2026-13-45",
          "7d",
          "all",
          "hour",
          "Europe/Berlin",
          "Mars",
          "true",
          "csv",
          "ndjson",
          "%F0%9F%98%80",
          "%ff%fe",
          "%00",
          "%",
          "'%20or%201=1--",
          "{}",
          "..%2f..",
          "MTowOng");
  private static final List<String> BODIES =
      List.of(
          "{}",
          "[]",
          "null",
          "7",
          "\"x\"",
          "{",
          "",
          "{\"name\": 5}",
          "{\"name\": null}",
          "{\"name\": \"a\", \"name\": \"b\"}",
          "{\"name\": \"\\ud800\", \"prompt\": \"p\"}",
          "{\"name\": \"\", \"prompt\": []}",
          "{\"messages\": 1e999, \"status\": \"open\"}",
          "{\"messages\": -1, \"status\": \"open\"}",
          "{\"messages\": 2147483648, \"status\": 1}",
          "{\"codes\": [[]]}",
          "{\"codes\": [{}, 7, null]}",
          "{\"metadata\": \"x\"}",
          "{\"metadata\": {\"a\": " + "[".repeat(60) + "]".repeat(60) + "}}",
          "[".repeat(2_000),
          "{\"a\": 1" + "0".repeat(5_000) + "}",
          " ".repeat(9_000),
          "{\"scopes\": [\"all\"]}",
          "{\"status\": \"gone\"}",
          "{\"address_range\": \"10.0.0.0/0\", \"agent_word\": \"\"}",
          "\u0000",
          "id,qpr_code_id\n1,2\n");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-8",
          "application/merge-patch+json",
          "text/csv",
          "application/x-ndjson",
          "text/plain",
          "",
          "image/png",
          ";;;");

  /// Its answers never end; what it refuses is in [LiveTest].
  private static final String STREAM = "/v1/events/stream";

  private final RandomGenerator random;
  private final List<String> templates;
  private final List<String> ids;

  /// @param ids some that exist
  RandomRequests(RandomGenerator random, List<Route> routes, List<String> ids) {
    this.random = random;
    this.templates =
        routes.stream()
            .map(Route::template)
            .distinct()
            .filter(template -> !template.equals(STREAM))
            .toList();
    this.ids = ids;
  }

  record Made(String method, String path, byte[] bytes) {}

  Made next() {
    String method = one(METHODS);
    String path = path();
    var head = new StringBuilder(method + " " + path + query() + " HTTP/1.1\r\nHost: x\r\n");
    if (random.nextInt(12) > 0) {
      head.append("Authorization: Bearer ")
          .append(random.nextInt(12) == 0 ? "none" : TestServer.KEY)
          .append("\r\n");
    }
    byte[] body = method.equals("GET") || method.equals("HEAD") ? new byte[0] : body();
    if (random.nextInt(5) > 0) {
      head.append("Content-Type: ")
          .append(random.nextInt(3) > 0 ? TYPES.getFirst() : one(TYPES))
          .append("\r\n");
    }
    if (random.nextInt(10) == 0) {
      head.append("Idempotency-Key: ").append(one(VALUES)).append("\r\n");
    }
    if (random.nextInt(20) == 0) {
      head.append("X-Forwarded-For: ").append(one(VALUES)).append("\r\n");
    }
    if (random.nextInt(40) == 0) {
      head.append("Content-Encoding: ").append(random.nextBoolean() ? "gzip" : "br").append("\r\n");
    }
    if (random.nextInt(20) == 0) {
      head.append("User-Agent: ").append("(;".repeat(random.nextInt(300))).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return new Made(method, path, bytes.toByteArray());
  }

  private String path() {
    var path = new StringBuilder();
    for (String segment : one(templates).substring(1).split("/")) {
      path.append('/').append(segment.startsWith("{") ? parameter() : segment);
    }
    return switch (random.nextInt(30)) {
      case 0 -> path + "/";
      case 1 -> path + "/x";
      case 2 -> path.toString().toUpperCase(java.util.Locale.ROOT);
      default -> path.toString();
    };
  }

  private String parameter() {
    String value = random.nextInt(3) > 0 ? one(ids) : one(VALUES);
    return value.isEmpty() ? "x" : value.replace("{", "%7B").replace("}", "%7D");
  }

  private String query() {
    var query = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      query.append(query.isEmpty() ? '?' : '&').append(one(NAMES)).append('=').append(one(VALUES));
    }
    return query.toString();
  }

  private byte[] body() {
    byte[] body = one(BODIES).getBytes(StandardCharsets.UTF_8);
    if (body.length > 0 && random.nextInt(10) == 0) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    return body;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
