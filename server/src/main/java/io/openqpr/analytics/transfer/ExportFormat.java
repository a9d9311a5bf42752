package io.openqpr.analytics.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/// A file format of exports. Shown by lower-case name, which is the file's ending too.
enum ExportFormat {
  NDJSON("application/x-ndjson") {
    @Override
    ScanWriter writer(OutputStream out, boolean detailed, Workshop workshop) {
      return new NdjsonWriter(out, detailed);
    }
  },
  CSV("text/csv; charset=utf-8") {
    @Override
    ScanWriter writer(OutputStream out, boolean detailed, Workshop workshop) throws IOException {
      return new CsvScanWriter(out, detailed);
    }
  },
  PARQUET("application/vnd.apache.parquet") {
    @Override
    ScanWriter writer(OutputStream out, boolean detailed, Workshop workshop) throws IOException {
      Files.createDirectories(workshop.directory());
      return new ParquetWriter(workshop.directory(), detailed, workshop.threads(), out);
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
  abstract ScanWriter writer(OutputStream out, boolean detailed, Workshop workshop)
      throws IOException;

  /// Where a file is made that can't be written as it goes out.
  ///
  /// @param directory for what has to wait on disk; made when it is needed
  /// @param threads of the system's own
  record Workshop(Path directory, Executor threads) {}
}
