package io.openqpr.web.http;

import io.openqpr.model.Characters;
import io.openqpr.web.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a JSON object strictly and gathers every mistake: ask for each field, then call [#done].
/// Until then a wrong value is stood in for by something of the right type.
///
/// `null` counts as absent.
public final class JsonBody {

  /// Line breaks, as any system writes them, and tabs.
  private static final String BREAKS = "\n\r\t";

  private final JsonNode object;
  private final Set<String> known = new LinkedHashSet<>();
  private final Mistakes mistakes = new Mistakes();

  JsonBody(JsonNode object) {
    this.object = object;
  }

  /// Not blank, at most so many characters.
  public String requiredText(String field, int maxLength) {
    String text = text(field, maxLength);
    if (text == null) {
      if (!has(field)) {
        mistakes.add(field, "is missing; it must be a text");
      }
      return "";
    }
    if (text.isBlank()) {
      mistakes.add(field, "must not be blank");
    }
    return text;
  }

  public @Nullable String text(String field, int maxLength) {
    JsonNode node = present(field);
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      mistakes.add(field, "must be a text; got " + JsonNodes.described(node));
      return null;
    }
    String text = node.stringValue();
    int length = Characters.count(text);
    if (length > maxLength) {
      mistakes.add(field, "must have at most %d characters; got %d".formatted(maxLength, length));
      return null;
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && BREAKS.indexOf(c) < 0)) {
      mistakes.add(field, "must have no control characters but line breaks and tabs");
      return null;
    }
    if (!JsonNodes.isWellFormed(text)) {
      mistakes.add(field, "must be valid Unicode; it has half of a surrogate pair");
      return null;
    }
    return text;
  }

  public int requiredInteger(String field, int min, int max) {
    Integer number = integer(field, min, max);
    if (number != null) {
      return number;
    }
    if (!has(field)) {
      mistakes.add(field, "is missing; it " + wholeNumber(min, max));
    }
    return min;
  }

  public @Nullable Integer integer(String field, int min, int max) {
    JsonNode node = present(field);
    if (node == null) {
      return null;
    }
    if (node instanceof WrittenNumber number && number.isWholeBetween(min, max)) {
      return number.decimalValue().intValueExact();
    }
    mistakes.add(field, wholeNumber(min, max) + "; got " + JsonNodes.described(node));
    return null;
  }

  private static String wholeNumber(int min, int max) {
    return "must be a whole number from %d to %d".formatted(min, max);
  }

  public <E extends Enum<E>> E requiredChoice(String field, Class<E> type) {
    E chosen = choice(field, type);
    if (chosen != null) {
      return chosen;
    }
    if (!has(field)) {
      mistakes.add(field, "is missing; it must be one of " + Choices.names(Choices.of(type)));
    }
    return type.getEnumConstants()[0];
  }

  /// A lower-case name of one of the constants.
  public <E extends Enum<E>> @Nullable E choice(String field, Class<E> type) {
    JsonNode node = present(field);
    if (node == null) {
      return null;
    }
    Map<String, E> choices = Choices.of(type);
    E chosen = node.isString() ? choices.get(node.stringValue()) : null;
    if (chosen == null) {
      mistakes.add(
          field,
          "must be one of %s; got %s".formatted(Choices.names(choices), JsonNodes.described(node)));
    }
    return chosen;
  }

  public @Nullable Boolean flag(String field) {
    JsonNode node = present(field);
    if (node != null && !node.isBoolean()) {
      error(field, "must be true or false; got " + JsonNodes.described(node));
      return null;
    }
    return node == null ? null : node.booleanValue();
  }

  /// The members of an object whose values should be texts; `null` for those that are none.
  public @Nullable Map<String, @Nullable String> textMembers(String field) {
    JsonNode node = anyObject(field);
    if (node == null) {
      return null;
    }
    var members = new LinkedHashMap<String, @Nullable String>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = member.getValue();
      members.put(member.getKey(), value.isString() ? value.stringValue() : null);
    }
    return members;
  }

  /// Any JSON object, as compact text.
  public @Nullable String object(String field, ObjectLimits limits) {
    JsonNode node = anyObject(field);
    if (node == null) {
      return null;
    }
    String text = Json.text(node);
    List<FieldError> errors = limits.mistakes(field, text);
    errors.forEach(error -> mistakes.add(error.field(), error.message()));
    return errors.isEmpty() ? text : null;
  }

  /// A JSON merge patch of an object; what comes out is to be checked by [ObjectLimits].
  public @Nullable MergePatch mergePatch(String field) {
    JsonNode node = anyObject(field);
    return node == null ? null : new MergePatch(node);
  }

  private @Nullable JsonNode anyObject(String field) {
    JsonNode node = present(field);
    if (node != null && !node.isObject()) {
      error(field, "must be a JSON object; got " + JsonNodes.described(node));
      return null;
    }
    return node;
  }

  /// Whether a text is valid Unicode and has nothing invisible in it.
  public static boolean isCleanText(String text) {
    return text.chars().noneMatch(Character::isISOControl) && JsonNodes.isWellFormed(text);
  }

  /// Whether the field is there, right or wrong.
  public boolean has(String field) {
    return object.hasNonNull(field);
  }

  /// Whether the field is there, and is `null`: in a patch that takes its value away.
  public boolean isNull(String field) {
    JsonNode node = object.get(field);
    return node != null && node.isNull();
  }

  /// A list of texts; `null` when it is absent.
  public @Nullable List<String> texts(String field, int maxSize, int maxLength) {
    JsonNode node = list(field, maxSize);
    if (node == null) {
      return null;
    }
    var texts = new ArrayList<String>();
    for (JsonNode element : node) {
      if (element.isString() && Characters.count(element.stringValue()) <= maxLength) {
        texts.add(element.stringValue());
      } else {
        error(
            "%s[%d]".formatted(field, texts.size()),
            "must be a text of at most %d characters; got %s"
                .formatted(maxLength, JsonNodes.described(element)));
        texts.add("");
      }
    }
    return texts;
  }

  /// A list of objects, at least one, each to be read and ended like a body of its own: mistakes of
  /// one are not the others'.
  public List<JsonBody> requiredObjects(String field, int maxSize) {
    JsonNode node = list(field, maxSize);
    if (node == null) {
      if (!has(field)) {
        error(field, "is missing; it must be an array of objects");
      }
      return List.of();
    }
    var objects = new ArrayList<JsonBody>();
    for (JsonNode element : node) {
      if (element.isObject()) {
        objects.add(new JsonBody(element));
      } else {
        error(
            "%s[%d]".formatted(field, objects.size()),
            "must be an object; got " + JsonNodes.described(element));
        objects.add(new JsonBody(object));
      }
    }
    if (objects.isEmpty()) {
      error(field, "must have at least one element");
    }
    return objects;
  }

  private @Nullable JsonNode list(String field, int maxSize) {
    JsonNode node = present(field);
    if (node == null) {
      return null;
    }
    if (!node.isArray()) {
      error(field, "must be an array; got " + JsonNodes.described(node));
      return null;
    }
    if (node.size() > maxSize) {
      error(field, "must have at most %d elements; got %d".formatted(maxSize, node.size()));
      return null;
    }
    return node;
  }

  /// For rules of the caller's own.
  public void error(String field, String message) {
    mistakes.add(field, message);
  }

  /// Ends the reading: what was not asked for is unknown.
  ///
  /// @throws ProblemException with all mistakes, when there are any
  public void done() {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        mistakes.add(Quoted.bare(name), Mistakes.unknown(name, known));
      }
    }
    mistakes.raise("body");
  }

  private @Nullable JsonNode present(String field) {
    known.add(field);
    JsonNode node = object.get(field);
    return node == null || node.isNull() ? null : node;
  }
}
