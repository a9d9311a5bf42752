package io.openqpr.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Rows under headings, made to fit a width: columns that can be missed go first, then the flexible
/// one is cut. The last cell of a line has no spaces behind it.
final class Table {

  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  enum Kind {
    TEXT,
    NUMBER,
    /// Cut where there is too little room.
    FLEXIBLE
  }

  /// @param missable 0 for a column that stays; of the others the lowest goes first
  record Column(String title, Kind kind, int missable) {

    static Column text(String title) {
      return new Column(title, Kind.TEXT, 0);
    }

    static Column number(String title) {
      return new Column(title, Kind.NUMBER, 0);
    }

    static Column flexible(String title) {
      return new Column(title, Kind.FLEXIBLE, 0);
    }

    Column missable(int order) {
      return new Column(title, kind, order);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells, " + columns.size() + " columns");
    }
    rows.add(IntStream.range(0, cells.length).mapToObj(i -> Text.printable(cells[i])).toList());
  }

  /// Headings first, then the rows.
  List<String> lines(int width) {
    int[] widths = naturalWidths();
    List<Integer> shown = shown(widths, width);
    shrink(widths, shown, width);
    var lines = new ArrayList<String>();
    lines.add(line(columns.stream().map(Column::title).toList(), shown, widths));
    rows.forEach(row -> lines.add(line(row, shown, widths)));
    return lines;
  }

  private int[] naturalWidths() {
    int[] widths = columns.stream().mapToInt(column -> Text.width(column.title())).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i)));
      }
    }
    return widths;
  }

  private List<Integer> shown(int[] widths, int width) {
    List<Integer> shown = new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
    List<Integer> missable =
        shown.stream()
            .filter(i -> columns.get(i).missable() > 0)
            .sorted(Comparator.comparing(i -> columns.get(i).missable()))
            .toList();
    for (Integer column : missable) {
      if (total(widths, shown) > width) {
        shown.remove(column);
      }
    }
    return shown;
  }

  private static long total(int[] widths, List<Integer> shown) {
    return shown.stream().mapToLong(i -> widths[i]).sum() + (long) GAP * (shown.size() - 1);
  }

  private void shrink(int[] widths, List<Integer> shown, int width) {
    for (int i : shown) {
      long tooMuch = total(widths, shown) - width;
      if (columns.get(i).kind() == Kind.FLEXIBLE && tooMuch > 0) {
        int narrowest = Math.min(widths[i], NARROWEST);
        widths[i] = (int) Math.max(narrowest, widths[i] - tooMuch);
      }
    }
  }

  private String line(List<String> cells, List<Integer> shown, int[] widths) {
    var line = new StringBuilder();
    for (int i : shown) {
      String cell = Text.cut(cells.get(i), widths[i]);
      boolean number = columns.get(i).kind() == Kind.NUMBER;
      line.append(number ? Text.padLeft(cell, widths[i]) : Text.padRight(cell, widths[i]));
      line.append(" ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }
}
