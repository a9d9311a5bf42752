package io.openqpr.web.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The constants of an enum as the API names them, in their order.
final class Choices {

  private Choices() {}

  static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
    var choices = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return choices;
  }

  static String names(Map<String, ?> choices) {
    return String.join(", ", choices.keySet());
  }
}
