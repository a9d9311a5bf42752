package io.openqpr.web.http;

import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.Problem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// How large a JSON object of a caller's own may be.
///
/// @param maxKeys on its first level
/// @param maxBytes as compact JSON in UTF-8
public record ObjectLimits(int maxKeys, int maxBytes) {

  private static final int MAX_NESTING = 20;

  /// The object as compact JSON.
  ///
  /// @throws ProblemException 400 when it is none, or too large
  public String checked(String field, String json) {
    JsonNode node;
    try {
      node = Json.read(json);
    } catch (JacksonException e) {
      throw refused(List.of(new FieldError(field, "must be a JSON object")));
    }
    if (!node.isObject()) {
      throw refused(
          List.of(
              new FieldError(field, "must be a JSON object; got " + JsonNodes.described(node))));
    }
    String compact = Json.text(node);
    List<FieldError> mistakes = mistakes(field, compact);
    if (!mistakes.isEmpty()) {
      throw refused(mistakes);
    }
    return compact;
  }

  private static ProblemException refused(List<FieldError> mistakes) {
    return new ProblemException(
        new Problem(Kind.BAD_REQUEST, "The object cannot be used.", mistakes));
  }

  /// What is wrong with an object, given as compact JSON.
  public List<FieldError> mistakes(String field, String json) {
    var mistakes = new ArrayList<FieldError>();
    JsonNode node = Json.read(json);
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (node.size() > maxKeys) {
      mistakes.add(
          new FieldError(
              field, "must have at most %d keys; got %d".formatted(maxKeys, node.size())));
    }
    if (JsonNodes.depth(node) > MAX_NESTING) {
      mistakes.add(
          new FieldError(field, "must not be nested deeper than " + MAX_NESTING + " levels"));
    }
    if (bytes > maxBytes) {
      mistakes.add(
          new FieldError(
              field, "must have at most %d bytes as JSON; got %d".formatted(maxBytes, bytes)));
    }
    if (!JsonNodes.isWellFormed(json)) {
      mistakes.add(new FieldError(field, "must be valid Unicode; it has half of a surrogate pair"));
    }
    return mistakes;
  }
}
