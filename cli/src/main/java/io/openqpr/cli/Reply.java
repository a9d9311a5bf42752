package io.openqpr.cli;

import java.io.PrintStream;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// A successful answer: JSON, as it came and parsed.
///
/// @param date what the server's clock said
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Reply(byte[] body, JsonNode json, Instant date) {

  /// Decimals stay as they were written.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /// @throws JacksonException when it is no JSON
  static JsonNode parse(byte[] body) {
    return MAPPER.readTree(body);
  }

  /// @throws JacksonException when it is no JSON
  static Reply of(byte[] body, Instant date) {
    return new Reply(body, MAPPER.readTree(body), date);
  }

  /// A value as JSON, for a request.
  static String json(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// The document as it came, and the end of a line.
  void printTo(PrintStream out) {
    out.write(body, 0, body.length);
    if (body.length == 0 || body[body.length - 1] != '\n') {
      out.print('\n');
    }
  }

  String text(String field) {
    return text(json, field);
  }

  long number(String field) {
    return json.path(field).asLong(0);
  }

  /// The field as text; empty where it is null or missing.
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
