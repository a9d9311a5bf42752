package io.openqpr.analytics.transfer;

import io.openqpr.analytics.transfer.CsvRecords.CsvRecord;
import io.openqpr.model.ScanField;
import io.openqpr.web.http.Problem.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CSV as RFC 4180 says, in UTF-8, its first line naming the columns. An empty cell is no value.
final class CsvLines implements Lines {

  private final InputStream in;
  private final CsvRecords records;
  private final List<@Nullable ScanField> columns;

  /// @throws UnusableFileException when the first line does not name columns, or wrong ones
  CsvLines(InputStream in, ColumnNames names) throws IOException {
    this.in = in;
    records = new CsvRecords(in);
    CsvRecord header = records.next();
    if (header == null) {
      throw new UnusableFileException("The file is empty: its first line must name the columns.");
    }
    if (header.mistake() != null) {
      throw new UnusableFileException(
          "The first line must name the columns; it %s.".formatted(header.mistake()));
    }
    columns = columns(header.cells(), names);
  }

  private static List<@Nullable ScanField> columns(List<String> header, ColumnNames names) {
    var columns = new ArrayList<@Nullable ScanField>();
    var mistakes = new ArrayList<FieldError>();
    Set<ScanField> seen = EnumSet.noneOf(ScanField.class);
    for (String name : header) {
      ScanField column = names.of(name);
      if (column == null && !names.ignoreUnknown()) {
        mistakes.add(new FieldError(shown(name), names.unknown(name)));
      }
      if (column != null && !seen.add(column)) {
        mistakes.add(new FieldError(shown(name), "is there twice"));
      }
      columns.add(column);
    }
    if (mistakes.isEmpty()) {
      return columns;
    }
    FieldError first = mistakes.getFirst();
    String more =
        mistakes.size() == 1 ? "" : " (and %d more, see `errors`)".formatted(mistakes.size() - 1);
    throw new UnusableFileException(
        "The column `%s` %s%s.".formatted(first.field(), first.message(), more),
        mistakes.stream().limit(MISTAKES_TOLD).toList());
  }

  private static final int MISTAKES_TOLD = 50;
  private static final int NAME_SHOWN = 60;

  private static String shown(String name) {
    return name.length() <= NAME_SHOWN ? name : name.substring(0, NAME_SHOWN) + "…";
  }

  @Override
  public @Nullable Line next() throws IOException {
    CsvRecord record = records.next();
    if (record == null) {
      return null;
    }
    if (record.mistake() != null) {
      return new Line.Unreadable(record.line(), "", record.mistake());
    }
    var values = new @Nullable String[ScanField.values().length];
    for (int i = 0; i < columns.size(); i++) {
      ScanField column = columns.get(i);
      String cell = record.cells().get(i);
      if (column != null && !cell.isEmpty()) {
        values[column.ordinal()] = SpreadsheetText.restored(cell);
      }
    }
    return new Line.Values(record.line(), values);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
