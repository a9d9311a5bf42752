package io.openqpr.analytics.transfer;

import io.openqpr.model.ScanField;
import io.openqpr.platform.Near;
import io.openqpr.web.http.Parameters;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the columns of a file are called: as here, or as the query says in
/// `columns=scanned_at:timestamp,id:visit_id`.
///
/// @param ignoreUnknown whether columns that nobody knows are left out instead of refused
record ColumnNames(Map<String, ScanField> byName, boolean ignoreUnknown) {

  /// Without these a line is no scan.
  private static final Set<ScanField> NEEDED =
      EnumSet.of(ScanField.ID, ScanField.QPR_CODE_ID, ScanField.SCANNED_AT);

  static ColumnNames of(Parameters parameters) {
    Map<String, ScanField> given = given(parameters);
    Map<String, ScanField> byName = new HashMap<>(ScanField.byText());
    byName.values().removeAll(given.values());
    given.forEach((name, column) -> {
      ScanField loses = byName.put(name, column);
      if (loses != null && NEEDED.contains(loses)) {
        parameters.error(
            "columns",
            "takes the column `%s` for %s and leaves none for %s: say which it is"
                .formatted(name, column.text(), loses.text()));
      }
    });
    boolean ignore = parameters.flag("ignore_unknown_columns");
    return new ColumnNames(byName, ignore);
  }

  /// What the query says, by the file's names.
  private static Map<String, ScanField> given(Parameters parameters) {
    Map<String, ScanField> ours = ScanField.byText();
    Map<String, ScanField> given = new LinkedHashMap<>();
    Optional<String> text = parameters.text("columns");
    for (String pair : text.map(pairs -> pairs.split(",")).orElse(new String[0])) {
      int colon = pair.indexOf(':');
      ScanField column = colon < 0 ? null : ours.get(pair.substring(0, colon));
      if (column == null || colon == pair.length() - 1) {
        parameters.error(
            "columns",
            "must be pairs such as scanned_at:timestamp,id:visit_id, ours before the colon; `%s` is none"
                .formatted(pair));
        continue;
      }
      String name = pair.substring(colon + 1);
      if (given.containsValue(column)) {
        parameters.error("columns", "names two columns for %s".formatted(column.text()));
      }
      ScanField other = given.put(name, column);
      if (other != null && other != column) {
        parameters.error(
            "columns",
            "names the column `%s` for both %s and %s; one column fills one field"
                .formatted(name, other.text(), column.text()));
      }
    }
    return given;
  }

  @Nullable ScanField of(String name) {
    return byName.get(name);
  }

  /// What to say of a name that nobody knows.
  String unknown(String name) {
    return "is no column of a scan%s; map it with `columns`, or leave such columns out with `ignore_unknown_columns=true`"
        .formatted(Near.hint(name, byName.keySet()));
  }
}
