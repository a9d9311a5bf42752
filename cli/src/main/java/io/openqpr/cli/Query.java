package io.openqpr.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The query part of a URL, grown one parameter at a time; immutable.
///
/// @param text empty, or `?` and the parameters
record Query(String text) {

  static final Query NONE = new Query("");

  /// With this parameter too, unless it was not given.
  Query with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    return new Query(text + (text.isEmpty() ? "?" : "&") + name + "=" + encoded(value.toString()));
  }

  /// With this parameter once for each value.
  Query withAll(String name, List<String> values) {
    Query with = this;
    for (String value : values) {
      with = with.with(name, value);
    }
    return with;
  }

  /// The text as one piece of a path or a query.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
