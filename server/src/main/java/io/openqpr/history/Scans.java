package io.openqpr.history;

import io.openqpr.http.Problem.Kind;
import io.openqpr.http.ProblemException;
import io.openqpr.journal.Journal;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.store.PageRequest;
import io.openqpr.store.ScanFilter;
import io.openqpr.store.ScanPage;
import io.openqpr.store.ScanStore;

/// Reads scans, none missing: every scan that was answered before the call is seen.
public final class Scans {

  private static final int LONGEST_ID = 100;

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
    if (!id.isEmpty() && id.length() <= LONGEST_ID) {
      var scan = store.find(account, new ScanId(id));
      if (scan.isPresent()) {
        return scan.get();
      }
    }
    throw new ProblemException(
        Kind.NOT_FOUND, "There is no scan with this id in your account; list them at /v1/scans.");
  }
}
