package io.openqpr.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.openqpr.model.Scan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// CSV as RFC 4180 says, in UTF-8, the first line naming the columns. What is absent is an empty
/// cell.
final class CsvScanWriter implements ScanWriter {

  private final CsvWriter csv;

  CsvScanWriter(OutputStream out) throws IOException {
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    csv.writeRecord(Arrays.stream(Column.values()).map(Column::text).toList());
  }

  @Override
  public void write(List<Scan> scans) {
    for (Scan scan : scans) {
      csv.writeRecord(
          cell(scan.id().text()),
          cell(scan.code().id().text()),
          cell(scan.code().shortId()),
          scan.scannedAt().toString(),
          cell(scan.place().country()),
          cell(scan.place().region()),
          cell(scan.place().city()),
          scan.device().name().toLowerCase(Locale.ROOT),
          String.valueOf(scan.conversation().started()),
          String.valueOf(scan.conversation().messages()),
          cell(scan.metadata()));
    }
  }

  private static String cell(@Nullable String text) {
    return text == null ? "" : SpreadsheetText.defused(text);
  }

  @Override
  public void finish() throws IOException {
    csv.flush();
  }
}
