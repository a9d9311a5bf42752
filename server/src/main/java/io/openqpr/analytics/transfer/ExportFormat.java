package io.openqpr.analytics.transfer;

import io.openqpr.storage.parquet.ParquetFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// A file format of exports. Shown by lower-case name, which is the file's ending too.
enum ExportFormat {
  NDJSON("application/x-ndjson") {
    @Override
    ScanWriter writer(OutputStream out, boolean detailed, Path workspace) {
      return new NdjsonWriter(out, detailed);
    }
  },
  CSV("text/csv; charset=utf-8") {
    @Override
    ScanWriter writer(OutputStream out, boolean detailed, Path workspace) throws IOException {
      return new CsvScanWriter(out, detailed);
    }
  },
  PARQUET("application/vnd.apache.parquet") {
    @Override
    ScanWriter writer(OutputStream out, boolean detailed, Path workspace) {
      return new ParquetWriter(new ParquetFile(workspace, detailed), out);
    }
  };

  private final String contentType;

  ExportFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /// @param detailed whether details are written too
  /// @param workspace an existing directory for what has to wait on disk
  abstract ScanWriter writer(OutputStream out, boolean detailed, Path workspace) throws IOException;
}
