package io.openqpr.analytics.transfer;

import io.openqpr.analytics.scans.ScanView;
import io.openqpr.model.Scan;
import io.openqpr.web.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One scan object a line.
final class NdjsonWriter implements ScanWriter {

  private final OutputStream out;
  private final boolean detailed;

  NdjsonWriter(OutputStream out, boolean detailed) {
    this.out = out;
    this.detailed = detailed;
  }

  @Override
  public void write(List<Scan> scans) throws IOException {
    for (Scan scan : scans) {
      out.write(Json.write(ScanView.of(scan, detailed)));
      out.write('\n');
    }
  }

  @Override
  public void finish() {}
}
