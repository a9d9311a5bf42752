package io.openqpr.storage.postgres;

import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.storage.sql.ScanColumn;
import io.openqpr.storage.sql.ScanPlaces;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The fastest way in: COPY, in its text format.
final class ScanCopy {

  private static final String COLUMNS =
      ScanColumn.ALL.stream().map(ScanColumn::name).collect(Collectors.joining(", "));

  private ScanCopy() {}

  static void scans(Postgres.Session session, List<Scan> scans, ScanPlaces places) {
    String copy = "copy scans (" + COLUMNS + ", feed_line, feed_position) from stdin";
    copy(
        session,
        copy,
        scans,
        (text, scan, index) -> {
          append(text, scan);
          append(text, places.line());
          append(text, places.position(index));
        });
  }

  static void hits(Postgres.Session session, List<IgnoredHit> hits) {
    String copy = "copy ignored_hits (" + COLUMNS + ", reason, bot) from stdin";
    copy(
        session,
        copy,
        hits,
        (text, hit, _) -> {
          append(text, hit.asScan());
          append(text, hit.reason().text());
          append(text, hit.bot());
        });
  }

  @FunctionalInterface
  private interface RowText<T> {
    void append(StringBuilder text, T row, int index);
  }

  private static void append(StringBuilder text, @Nullable Number value) {
    text.append(value == null ? "\\N" : value).append('\t');
  }

  /// @param columns appends a row's, each with a tab behind it
  private static <T> void copy(
      Postgres.Session session, String copy, List<T> rows, RowText<T> columns) {
    if (rows.isEmpty()) {
      return;
    }
    var text = new StringBuilder(rows.size() * 120);
    for (int i = 0; i < rows.size(); i++) {
      columns.append(text, rows.get(i), i);
      text.setCharAt(text.length() - 1, '\n');
    }
    try {
      session.postgres().getCopyAPI().copyIn(copy, new StringReader(text.toString()));
    } catch (SQLException | IOException e) {
      throw PostgresErrors.translated(e);
    }
  }

  private static void append(StringBuilder text, Scan scan) {
    for (ScanColumn column : ScanColumn.ALL) {
      switch (column) {
        case ScanColumn.Small small -> text.append(small.of().applyAsInt(scan)).append('\t');
        case ScanColumn.Whole whole -> text.append(whole.of().applyAsInt(scan)).append('\t');
        case ScanColumn.Big big -> text.append(big.of().applyAsLong(scan)).append('\t');
        case ScanColumn.Text words -> append(text, words.of().apply(scan));
      }
    }
  }

  private static void append(StringBuilder text, @Nullable String value) {
    if (value == null) {
      text.append("\\N");
    } else {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\t' -> text.append("\\t");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          default -> text.append(c);
        }
      }
    }
    text.append('\t');
  }
}
