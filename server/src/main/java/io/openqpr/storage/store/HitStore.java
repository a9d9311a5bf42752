package io.openqpr.storage.store;

import io.openqpr.model.HitId;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import java.util.List;
import java.util.Optional;

/// Ignored hits: requests for scan URLs that were no person scanning. They come through the journal
/// as scans do ([ScanStore#apply]) and are never counted as scans.
public interface HitStore {

  /// One page, newest first: by time descending, then id descending. Page and total are of one
  /// moment.
  HitPage page(HitFilter filter, PageRequest page);

  /// How many there are, by slice and reason, in any order; those with none are left out.
  List<HitCount> tally(TallyQuestion question);

  /// Adds hits of another store as they are; those whose id is there already are left as they are.
  ///
  /// @param hits all of this account
  void restore(int account, List<IgnoredHit> hits);

  /// Makes a hit the scan that it would have been. Once it is one, it stays one: repeating it
  /// changes nothing.
  ///
  /// @return the scan; empty when the account has neither such a hit nor its scan
  Optional<Scan> countAsScan(int account, HitId id);

  /// @param slice as [Slicing] numbers them
  record HitCount(long slice, IgnoreReason reason, long hits) {}
}
