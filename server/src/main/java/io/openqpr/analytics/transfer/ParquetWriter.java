package io.openqpr.analytics.transfer;

import io.openqpr.model.Scan;
import io.openqpr.storage.parquet.ParquetFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// Parquet, which goes out when all scans are there.
final class ParquetWriter implements ScanWriter {

  private final ParquetFile file;
  private final OutputStream out;

  ParquetWriter(ParquetFile file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  @Override
  public void write(List<Scan> scans) {
    file.add(scans);
  }

  @Override
  public void finish() throws IOException {
    file.copyTo(out);
  }

  @Override
  public void close() {
    file.close();
  }
}
