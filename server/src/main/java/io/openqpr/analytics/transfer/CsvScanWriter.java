package io.openqpr.analytics.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// CSV as RFC 4180 says, in UTF-8, the first line naming the columns. What is absent is an empty
/// cell.
final class CsvScanWriter implements ScanWriter {

  private final CsvWriter csv;
  private final Set<ScanField> columns;

  CsvScanWriter(OutputStream out, boolean detailed) throws IOException {
    columns = ScanField.of(detailed);
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.writeRecord(columns.stream().map(ScanField::text).toList());
  }

  @Override
  public void write(List<Scan> scans) {
    for (Scan scan : scans) {
      csv.writeRecord(columns.stream().map(column -> cell(column, scan)).toList());
    }
  }

  private static String cell(ScanField column, Scan scan) {
    Object value = column.of(scan);
    return value == null ? "" : SpreadsheetText.defused(value.toString());
  }

  @Override
  public void finish() throws IOException {
    csv.flush();
  }
}
