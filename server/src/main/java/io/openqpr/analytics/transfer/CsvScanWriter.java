package io.openqpr.analytics.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.openqpr.model.Scan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CSV as RFC 4180 says, in UTF-8, the first line naming the columns. What is absent is an empty
/// cell.
final class CsvScanWriter implements ScanWriter {

  private final CsvWriter csv;
  private final Set<Column> columns;

  CsvScanWriter(OutputStream out, boolean detailed) throws IOException {
    columns = Column.of(detailed);
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.writeRecord(columns.stream().map(Column::text).toList());
  }

  @Override
  public void write(List<Scan> scans) {
    for (Scan scan : scans) {
      csv.writeRecord(columns.stream().map(column -> cell(column, scan)).toList());
    }
  }

  private static String cell(Column column, Scan scan) {
    String text = text(column, scan);
    return text == null ? "" : SpreadsheetText.defused(text);
  }

  private static @Nullable String text(Column column, Scan scan) {
    return switch (column) {
      case ID -> scan.id().text();
      case QPR_CODE_ID -> scan.code().id().text();
      case SHORT_ID -> scan.code().shortId();
      case SCANNED_AT -> scan.scannedAt().toString();
      case COUNTRY -> scan.place().country();
      case REGION -> scan.place().region();
      case CITY -> scan.place().city();
      case DEVICE -> scan.device().name().toLowerCase(Locale.ROOT);
      case CONVERSATION_STARTED -> String.valueOf(scan.conversation().started());
      case CONVERSATION_MESSAGES -> String.valueOf(scan.conversation().messages());
      case METADATA -> scan.metadata();
      case OS -> scan.details().os();
      case BROWSER -> scan.details().browser();
      case LANGUAGE -> scan.details().language();
      case REFERRER -> scan.details().referrer();
      case PARAMS -> scan.details().params();
    };
  }

  @Override
  public void finish() throws IOException {
    csv.flush();
  }
}
