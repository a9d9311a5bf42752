package io.openqpr.web.http;

import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.Problem.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/// Bodies from bytes.
final class JsonBodies {

  private JsonBodies() {}

  /// @throws ProblemException when it is no UTF-8, no JSON (with the place), or no object
  static JsonBody parse(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw notUsable("must be UTF-8");
    }
    JsonNode node;
    try {
      node = Json.read(text);
    } catch (JacksonException e) {
      throw notUsable("must be JSON: " + reason(e));
    }
    if (!node.isObject()) {
      throw notUsable("must be a JSON object; got " + JsonNodes.described(node));
    }
    return new JsonBody(node);
  }

  private static ProblemException notUsable(String message) {
    return new ProblemException(
        new Problem(
            Kind.BAD_REQUEST,
            "The body " + message + ".",
            List.of(new FieldError("body", message))));
  }

  private static String reason(JacksonException e) {
    TokenStreamLocation place = e.getLocation();
    String what = e.getOriginalMessage();
    int end = what.indexOf('\n');
    String first = end < 0 ? what : what.substring(0, end);
    String shown = Quoted.bare(first, 160);
    return place == null
        ? shown
        : "%s at line %d, column %d".formatted(shown, place.getLineNr(), place.getColumnNr());
  }
}
