package io.openqpr.analytics.scans;

import io.openqpr.model.Scan;
import io.openqpr.web.http.Cursor;
import io.openqpr.web.http.Paging;
import io.openqpr.web.http.Parameters;

/// How lists of scans, and of what was none, are paged: newest first.
final class ScanPaging {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  /// What a scan with all the parameters and metadata that there may be takes, read and as JSON.
  static final long SCAN_BYTES = 40 * 1024;

  private ScanPaging() {}

  static Paging of(Parameters parameters) {
    return Paging.of(parameters, DEFAULT_LIMIT, MAX_LIMIT);
  }

  /// What the largest page takes, about.
  static long bytesFor(Paging paging) {
    return paging.limit() * SCAN_BYTES;
  }

  /// Where a scan is in a list.
  static Cursor place(Scan scan) {
    return new Cursor(scan.scannedAt(), scan.id().text());
  }
}
