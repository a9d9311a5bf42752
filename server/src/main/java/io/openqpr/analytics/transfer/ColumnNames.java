package io.openqpr.analytics.transfer;

import io.openqpr.platform.Near;
import io.openqpr.web.http.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the columns of a file are called: as here, or as the query says in
/// `columns=scanned_at:timestamp,id:visit_id`.
///
/// @param ignoreUnknown whether columns that nobody knows are left out instead of refused
record ColumnNames(Map<String, Column> byName, boolean ignoreUnknown) {

  static ColumnNames of(Parameters parameters) {
    Map<String, Column> ours = Column.byText();
    Map<String, Column> byName = new HashMap<>(ours);
    Optional<String> given = parameters.text("columns");
    for (String pair : given.map(text -> text.split(",")).orElse(new String[0])) {
      int colon = pair.indexOf(':');
      Column column = colon < 0 ? null : ours.get(pair.substring(0, colon));
      if (column == null || colon == pair.length() - 1) {
        parameters.error(
            "columns",
            "must be pairs such as scanned_at:timestamp,id:visit_id, ours before the colon; `%s` is none"
                .formatted(pair));
      } else {
        byName.values().removeIf(c -> c == column);
        byName.put(pair.substring(colon + 1), column);
      }
    }
    boolean ignore = parameters.flag("ignore_unknown_columns");
    return new ColumnNames(byName, ignore);
  }

  @Nullable Column of(String name) {
    return byName.get(name);
  }

  /// What to say of a name that nobody knows.
  String unknown(String name) {
    return "is no column of a scan%s; map it with `columns`, or leave such columns out with `ignore_unknown_columns=true`"
        .formatted(Near.hint(name, byName.keySet()));
  }
}
