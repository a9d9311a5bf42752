package io.openqpr.analytics.scans;

import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.ErasureStore.Held;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is stored of a device but its key, newest first.
///
/// @param complete whether this is all; false beyond [#LIMIT] scans or ignored hits
record HeldView(List<ScanView> scans, List<HeldHit> ignoredHits, boolean complete) {

  /// Of scans, and as many hits: no person has so many. Fewer, where the heap is small.
  static final int LIMIT =
      (int) Math.min(10_000, HeapShare.REQUESTS.bytes() / (2 * ScanPaging.SCAN_BYTES));

  /// @param held up to one more of each than are shown
  static HeldView of(Held held) {
    return new HeldView(
        held.scans().stream().limit(LIMIT).map(HeldView::detailed).toList(),
        held.hits().stream().limit(LIMIT).map(HeldHit::of).toList(),
        held.scans().size() <= LIMIT && held.hits().size() <= LIMIT);
  }

  private static ScanView detailed(Scan scan) {
    return ScanView.of(scan, true);
  }

  /// @param scan what it would be
  record HeldHit(String id, IgnoreReason reason, @Nullable String bot, ScanView scan) {

    static HeldHit of(IgnoredHit hit) {
      return new HeldHit(hit.id().text(), hit.reason(), hit.bot(), detailed(hit.asScan()));
    }
  }
}
