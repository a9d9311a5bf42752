package io.openqpr.analytics.transfer;

import io.openqpr.model.Characters;
import io.openqpr.model.Params;
import io.openqpr.web.http.Json;
import io.openqpr.web.http.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the parameters of a scan URL as a file tells them.
final class ParamsReader {

  private static final String RIGHT =
      "must be a JSON object of at most %d texts, names and values of at most %d characters, such as {\"utm_source\": \"poster\"}"
          .formatted(Params.MOST, Params.LONGEST);

  private ParamsReader() {}

  /// In the one form in which they are stored.
  ///
  /// @throws IllegalArgumentException with what would be right
  static String read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser json = Json.parser(bytes, bytes.length)) {
      return Params.json(object(json));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(RIGHT, e);
    }
  }

  private static Map<String, String> object(JsonParser json) {
    require(json.nextToken() == JsonToken.START_OBJECT);
    var params = new LinkedHashMap<String, String>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      require(json.nextToken() == JsonToken.VALUE_STRING);
      String value = json.getString();
      require(isGood(name) && !name.isEmpty() && isGood(value) && params.size() < Params.MOST);
      params.put(name, value);
    }
    require(json.nextToken() == null);
    return params;
  }

  private static boolean isGood(String text) {
    return Characters.count(text) <= Params.LONGEST && JsonBody.isCleanText(text);
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalArgumentException(RIGHT);
    }
  }
}
