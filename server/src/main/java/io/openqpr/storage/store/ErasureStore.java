package io.openqpr.storage.store;

import io.openqpr.model.HitId;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.time.Instant;
import java.util.List;

/// What is held of people, and how it goes for good. Every method is inside one account; what is
/// gone is in no list and no count from when the method returns. What deleted rows leave behind in
/// files goes by [Store#compact].
public interface ErasureStore {

  /// @return whether the account had the scan
  boolean eraseScan(int account, ScanId id);

  /// @return whether the account had the ignored hit
  boolean eraseHit(int account, HitId id);

  /// All that is held of a device, newest first.
  ///
  /// @param limit of scans, and as many hits; the older ones beyond are left out
  Held heldOf(int account, long deviceKey, int limit);

  /// Erases a device's scans and ignored hits, all or none.
  Erased eraseDevice(int account, long deviceKey);

  /// Erases the oldest scans and ignored hits of those before `time`; repeat it until nothing is
  /// left to erase.
  ///
  /// @param atOnce how many scans, and as many hits, at the most; only those of one millisecond are
  ///   not torn apart
  Erased eraseBefore(int account, Instant time, int atOnce);

  record Held(List<Scan> scans, List<IgnoredHit> hits) {}

  record Erased(long scans, long hits) {

    public boolean isNothing() {
      return scans == 0 && hits == 0;
    }
  }
}
