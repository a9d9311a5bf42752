package io.openqpr.analytics.scans;

import io.openqpr.model.Characters;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanPage;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;

/// Reads scans, none missing: every scan that was answered before the call is seen.
public final class Scans {

  private final ScanStore store;
  private final Journal journal;

  public Scans(ScanStore store, Journal journal) {
    this.store = store;
    this.journal = journal;
  }

  ScanPage page(ScanFilter filter, PageRequest page) {
    journal.awaitApplied();
    return store.page(filter, page);
  }

  /// The account's scan of this id.
  ///
  /// @throws ProblemException 404 where there is none, or it is another account's
  public Scan require(int account, String id) {
    journal.awaitApplied();
    if (!id.isEmpty() && Characters.count(id) <= ScanId.MAX_LENGTH) {
      var scan = store.find(account, new ScanId(id));
      if (scan.isPresent()) {
        return scan.get();
      }
    }
    throw new ProblemException(
        Kind.NOT_FOUND, "There is no scan with this id in your account; list them at /v1/scans.");
  }
}
