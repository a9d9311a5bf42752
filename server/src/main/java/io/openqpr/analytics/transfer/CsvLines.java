package io.openqpr.analytics.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CSV as RFC 4180 says, in UTF-8, its first line naming the columns. An empty cell is no value.
final class CsvLines implements Lines {

  private static final int MAX_CELL_CHARACTERS = 64 * 1024;

  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<@Nullable Column> columns;

  CsvLines(InputStream in, ColumnNames names) {
    Reader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    reader =
        CsvReader.builder()
            .detectBomHeader(false)
            .maxBufferSize(MAX_CELL_CHARACTERS)
            .ofCsvRecord(text);
    records = reader.iterator();
    CsvRecord header = record();
    if (header == null) {
      throw new UnusableFileException("The file is empty: its first line must name the columns.");
    }
    columns = columns(header, names);
  }

  private static List<@Nullable Column> columns(CsvRecord header, ColumnNames names) {
    var columns = new ArrayList<@Nullable Column>();
    Set<Column> seen = EnumSet.noneOf(Column.class);
    for (String cell : header.getFields()) {
      String name = columns.isEmpty() && cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
      Column column = names.of(name);
      if (column == null && !names.ignoreUnknown()) {
        throw new UnusableFileException("The column `%s` %s.".formatted(name, names.unknown(name)));
      }
      if (column != null && !seen.add(column)) {
        throw new UnusableFileException("The column `%s` is there twice.".formatted(name));
      }
      columns.add(column);
    }
    return columns;
  }

  @Override
  public @Nullable Line next() {
    CsvRecord record = record();
    if (record == null) {
      return null;
    }
    long number = record.getStartingLineNumber();
    if (record.getFieldCount() != columns.size()) {
      return new Line.Unreadable(
          number,
          "",
          "has %d cells where the first line has %d"
              .formatted(record.getFieldCount(), columns.size()));
    }
    var values = new @Nullable String[Column.values().length];
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String cell = record.getField(i);
      if (column != null && !cell.isEmpty()) {
        values[column.ordinal()] = SpreadsheetText.restored(cell);
      }
    }
    return new Line.Values(number, values);
  }

  private @Nullable CsvRecord record() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new UnusableFileException("The file is no CSV: " + e.getMessage() + ".");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new UnusableFileException("The file is not in UTF-8.");
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
