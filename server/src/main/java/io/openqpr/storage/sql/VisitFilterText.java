package io.openqpr.storage.sql;

import io.openqpr.storage.store.VisitFilter;
import io.openqpr.storage.store.VisitFilter.Trait;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// A filter of visits in one column, as in a query: `COUNTRY=DE&params.utm_source=poster`.
final class VisitFilterText {

  private static final String PARAMS = "params.";

  private VisitFilterText() {}

  static String of(VisitFilter filter) {
    var text = new StringJoiner("&");
    new TreeMap<>(filter.traits()).forEach((t, value) -> text.add(t.name() + "=" + coded(value)));
    new TreeMap<>(filter.params())
        .forEach((name, value) -> text.add(PARAMS + coded(name) + "=" + coded(value)));
    return text.toString();
  }

  static VisitFilter parse(String text) {
    var traits = new EnumMap<Trait, String>(Trait.class);
    var params = new HashMap<String, String>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, equals);
      String value = decoded(pair.substring(equals + 1));
      if (name.startsWith(PARAMS)) {
        params.put(decoded(name.substring(PARAMS.length())), value);
      } else {
        traits.put(Trait.valueOf(name), value);
      }
    }
    return new VisitFilter(traits, params);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
