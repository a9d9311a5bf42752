package io.openqpr.storage.sql;

import io.openqpr.storage.store.Demand;
import io.openqpr.storage.store.Demand.Operator;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import io.openqpr.storage.store.VisitFilter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;

/// A filter of visits in one column, as in a query: `COUNTRY=DE&params.utm_source=poster`; several
/// values are several pairs, and behind an exclamation mark stands how they are compared:
/// `COUNTRY!NOT=DE`. Local clocks have no place in it.
final class VisitFilterText {

  /// As written before there were other names.
  private static final String PARAMS = "params.";

  private static final String METADATA = Trait.METADATA.name() + ".";

  private VisitFilterText() {}

  static String of(VisitFilter filter) {
    var text = new StringJoiner("&");
    for (Demand demand : filter.demands()) {
      Operator operator = demand.operator();
      String how = operator == Operator.ANY ? "" : "!" + operator.name();
      demand.values().forEach(value -> text.add(name(demand.facet()) + how + "=" + coded(value)));
    }
    return text.toString();
  }

  private static String name(Facet facet) {
    if (facet.trait().isLocal()) {
      throw new IllegalArgumentException(facet.text() + " is not kept");
    }
    return switch (facet.trait()) {
      case PARAMS -> PARAMS + coded(facet.name());
      case METADATA -> METADATA + coded(facet.name());
      default -> facet.trait().name();
    };
  }

  static VisitFilter parse(String text) {
    var values = new LinkedHashMap<String, List<String>>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      values
          .computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(decoded(pair.substring(equals + 1)));
    }
    return new VisitFilter(
        values.entrySet().stream().map(e -> demand(e.getKey(), e.getValue())).toList());
  }

  private static Demand demand(String key, List<String> values) {
    int mark = key.indexOf('!');
    Operator operator = mark < 0 ? Operator.ANY : Operator.valueOf(key.substring(mark + 1));
    return new Demand(facet(mark < 0 ? key : key.substring(0, mark)), operator, values);
  }

  private static Facet facet(String name) {
    if (name.startsWith(PARAMS)) {
      return Facet.of(Trait.PARAMS, decoded(name.substring(PARAMS.length())));
    }
    return name.startsWith(METADATA)
        ? Facet.of(Trait.METADATA, decoded(name.substring(METADATA.length())))
        : Facet.of(Trait.valueOf(name));
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
