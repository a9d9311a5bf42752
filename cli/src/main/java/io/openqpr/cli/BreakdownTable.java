package io.openqpr.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A breakdown for people: its rows, what is unknown, the others, and all of them.
final class BreakdownTable {

  private static final String UNKNOWN = "(unknown)";

  private BreakdownTable() {}

  static List<String> lines(JsonNode breakdown, int width) {
    var by = new ArrayList<String>();
    breakdown.path("by").forEach(name -> by.add(name.stringValue()));
    var columns = new ArrayList<Table.Column>();
    by.forEach(name -> columns.add(Table.Column.flexible(name.toUpperCase(Locale.ROOT))));
    columns.add(Table.Column.number("SCANS"));
    columns.add(Table.Column.number("DEVICES").missable(2));
    columns.add(Table.Column.number("CONVERSATIONS").missable(3));
    columns.add(Table.Column.number("RATE (95 %)"));
    columns.add(Table.Column.number("MESSAGES").missable(1));
    var table = new Table(columns.toArray(Table.Column[]::new));
    for (JsonNode row : breakdown.path("rows")) {
      var names = new ArrayList<String>();
      by.forEach(name -> {
        String value = Reply.text(row, name);
        names.add(row.path(name).isNull() ? UNKNOWN : value);
      });
      add(table, names, row);
    }
    rest(table, by, UNKNOWN, breakdown.path("unknown"));
    rest(table, by, "(other)", breakdown.path("other"));
    rest(table, by, "(all)", breakdown.path("total"));
    return table.lines(width);
  }

  private static void rest(Table table, List<String> by, String title, JsonNode counts) {
    if (counts.path("scans").asLong(0) == 0 && !title.equals("(all)")) {
      return;
    }
    var names = new ArrayList<String>();
    names.add(title);
    by.subList(1, by.size()).forEach(name -> names.add(""));
    add(table, names, counts);
  }

  private static void add(Table table, List<String> names, JsonNode counts) {
    var cells = new ArrayList<>(names);
    cells.add(number(counts, "scans"));
    cells.add(number(counts, "scans_unique_devices"));
    cells.add(number(counts, "conversations"));
    cells.add(AnalyticsReport.rate(counts));
    cells.add(number(counts, "messages"));
    table.row(cells.toArray(String[]::new));
  }

  private static String number(JsonNode counts, String field) {
    return Text.number(counts.path(field).asLong(0));
  }
}
