package io.openqpr.storage.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/// One member of a JSON object as scans are asked for it: a text, `true`, `false` or a whole number
/// of at most 18 digits. Whatever else it may be counts as absent, since engines write it in ways
/// of their own; so does everything in an object with [#NUL], which PostgreSQL does not read.
public final class JsonMember {

  public static final String NUL = "\\u0000";

  public static final String WHOLE_NUMBER = "^(0|-?[1-9][0-9]{0,17})$";

  private static final Pattern WHOLE = Pattern.compile(WHOLE_NUMBER);
  private static final JsonFactory JSON = new JsonFactory();

  private JsonMember() {}

  /// @param object well-formed
  static @Nullable String of(String object, String name) {
    if (object.contains(NUL)) {
      return null;
    }
    try (JsonParser json = JSON.createParser(object)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = name.equals(json.currentName());
        JsonToken value = json.nextToken();
        if (found) {
          return text(value, json);
        }
        json.skipChildren();
      }
      return null;
    }
  }

  private static @Nullable String text(JsonToken value, JsonParser json) {
    return switch (value) {
      case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> json.getString();
      case VALUE_NUMBER_INT -> WHOLE.matcher(json.getString()).matches() ? json.getString() : null;
      case VALUE_NUMBER_FLOAT,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          START_OBJECT,
          END_OBJECT,
          START_ARRAY,
          END_ARRAY,
          PROPERTY_NAME,
          NOT_AVAILABLE ->
          null;
    };
  }
}
