package io.openqpr.privacy;

import io.openqpr.history.ScanView;
import io.openqpr.http.RawJson;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.store.ErasureStore.Held;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is stored of a device but its key, newest first.
///
/// @param complete whether this is all; false beyond [#LIMIT] scans or ignored hits
record HeldView(List<HeldScan> scans, List<HeldHit> ignoredHits, boolean complete) {

  /// Of scans, and as many hits: no person has so many.
  static final int LIMIT = 10_000;

  /// @param held up to one more of each than are shown
  static HeldView of(Held held) {
    return new HeldView(
        held.scans().stream().limit(LIMIT).map(HeldScan::of).toList(),
        held.hits().stream().limit(LIMIT).map(HeldHit::of).toList(),
        held.scans().size() <= LIMIT && held.hits().size() <= LIMIT);
  }

  record HeldScan(ScanView scan, Details details) {

    static HeldScan of(Scan scan) {
      return new HeldScan(ScanView.of(scan), Details.of(scan.details()));
    }
  }

  /// @param scan what it would be
  record HeldHit(
      String id, IgnoreReason reason, @Nullable String bot, ScanView scan, Details details) {

    static HeldHit of(IgnoredHit hit) {
      Scan scan = hit.asScan();
      return new HeldHit(
          hit.id().text(), hit.reason(), hit.bot(), ScanView.of(scan), Details.of(scan.details()));
    }
  }

  record Details(
      @Nullable String os,
      @Nullable String browser,
      @Nullable String language,
      @Nullable String referrer,
      RawJson params) {

    static Details of(io.openqpr.model.Details details) {
      return new Details(
          details.os(),
          details.browser(),
          details.language(),
          details.referrer(),
          new RawJson(details.params()));
    }
  }
}
