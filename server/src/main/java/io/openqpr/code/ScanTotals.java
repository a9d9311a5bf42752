package io.openqpr.code;

import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.ScanStore;
import java.util.List;
import java.util.Map;

/// How many scans codes have, none that was answered missing.
record ScanTotals(ScanStore scans, Journal journal) {

  /// By the codes' numbers; a code without scans is left out.
  Map<Integer, Long> of(int account, List<Integer> codes) {
    journal.awaitApplied();
    return scans.countByCode(account, codes);
  }
}
