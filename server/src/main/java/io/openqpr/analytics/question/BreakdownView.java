package io.openqpr.analytics.question;

import io.openqpr.storage.store.Breakdown;
import io.openqpr.storage.store.Counts;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scans by the values of one facet or two: `rows`, `unknown` and `other` together are `total`.
record BreakdownView(
    List<String> by,
    List<Map<String, @Nullable Object>> rows,
    Map<String, @Nullable Object> unknown,
    Map<String, @Nullable Object> other,
    Map<String, @Nullable Object> total) {

  /// @param list of the scans that were asked about
  /// @param funnel whether each row tells it too
  static BreakdownView of(
      List<Facet> by, Breakdown breakdown, Counts total, ScanLink list, boolean funnel) {
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    for (Breakdown.Row row : breakdown.rows()) {
      List<@Nullable String> values = values(by, breakdown, row);
      rows.add(counts(names(by, values), row.counts(), list.row(by, values), funnel));
    }
    var absent = new ArrayList<@Nullable String>();
    by.forEach(facet -> absent.add(null));
    boolean maybe = by.stream().allMatch(facet -> facet.trait().mayBeAbsent());
    return new BreakdownView(
        by.stream().map(Facet::text).toList(),
        rows,
        counts(Map.of(), breakdown.unknown(), maybe ? list.row(by, absent) : null, funnel),
        counts(Map.of(), breakdown.other(), others(by, breakdown, list), funnel),
        counts(Map.of(), total, list.all(), funnel));
  }

  private static Map<String, @Nullable Object> counts(
      Map<String, @Nullable Object> names, Counts counts, @Nullable String list, boolean funnel) {
    Map<String, @Nullable Object> view = CountsView.of(names, counts, list);
    if (funnel) {
      view.put("funnel", CountsView.funnel(counts, null));
    }
    return view;
  }

  private static @Nullable String others(List<Facet> by, Breakdown breakdown, ScanLink list) {
    if (by.size() > 1) {
      return null;
    }
    return list.others(
        by.getFirst(),
        breakdown.rows().stream()
            .map(row -> String.valueOf(values(by, breakdown, row).getFirst()))
            .toList());
  }

  /// As people know them: codes by their ids.
  private static List<@Nullable String> values(
      List<Facet> by, Breakdown breakdown, Breakdown.Row row) {
    var values = new ArrayList<@Nullable String>();
    for (int i = 0; i < by.size(); i++) {
      String value = row.values().get(i);
      boolean code = by.get(i).trait() == Trait.QPR_CODE_ID;
      values.add(code && value != null ? breakdown.codes().get(value) : value);
    }
    return values;
  }

  private static Map<String, @Nullable Object> names(
      List<Facet> by, List<@Nullable String> values) {
    var names = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < by.size(); i++) {
      String value = values.get(i);
      names.put(
          by.get(i).text(),
          isNumber(by.get(i)) && value != null ? (Object) Integer.valueOf(value) : value);
    }
    return names;
  }

  private static boolean isNumber(Facet facet) {
    return switch (facet.trait()) {
      case MESSAGES, HOUR, WEEKDAY -> true;
      default -> false;
    };
  }
}
