package io.openqpr.analytics.scans;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.model.HitId;
import io.openqpr.model.Scan;
import io.openqpr.model.Scope;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.ErasureStore;
import io.openqpr.storage.store.ErasureStore.Erased;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Shows and erases what is held of a person. A device is named by one of its scans, because its
/// key never leaves the server.
final class ErasureRoutes {

  private final Scans scans;
  private final ErasureStore store;
  private final Journal journal;
  private final Gate gate;
  private final Clock clock;

  ErasureRoutes(Scans scans, ErasureStore store, Journal journal, Gate gate, Clock clock) {
    this.scans = scans;
    this.store = store;
    this.journal = journal;
    this.gate = gate;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.delete("/v1/scans/{id}", gate.guard(Scope.SCANS_ERASE, this::eraseScan)),
        Route.delete("/v1/scans/ignored/{id}", gate.guard(Scope.SCANS_ERASE, this::eraseHit)),
        Route.get("/v1/scans/{id}/device", gate.guard(Scope.SCANS_READ, this::device)),
        Route.delete("/v1/scans/{id}/device", gate.guard(Scope.SCANS_ERASE, this::eraseDevice)));
  }

  private record ErasureReceipt(long scansErased, long ignoredHitsErased, Instant erasedAt) {}

  private Answer eraseScan(Caller caller, Request request) {
    Scan scan = scan(caller, request);
    boolean erased = store.eraseScan(caller.account(), scan.id());
    return receipt(new Erased(erased ? 1 : 0, 0));
  }

  private Answer eraseHit(Caller caller, Request request) {
    request.parameters().done();
    journal.awaitApplied();
    Optional<HitId> id = HitId.parse(request.pathParameter("id"));
    if (id.isEmpty() || !store.eraseHit(caller.account(), id.get())) {
      throw new ProblemException(
          Kind.NOT_FOUND, "There is no ignored hit with this id in your account.");
    }
    return receipt(new Erased(0, 1));
  }

  private Answer device(Caller caller, Request request) {
    Scan scan = scan(caller, request);
    request.reserve(HeldView.LIMIT * ScanPaging.SCAN_BYTES); // few have as many hits as scans
    return Answer.json(
        HeldView.of(store.heldOf(caller.account(), scan.deviceKey(), HeldView.LIMIT + 1)));
  }

  private Answer eraseDevice(Caller caller, Request request) {
    Scan scan = scan(caller, request);
    return receipt(store.eraseDevice(caller.account(), scan.deviceKey()));
  }

  /// Everything that was recorded before is in the store afterwards: nothing comes back from the
  /// journal.
  private Scan scan(Caller caller, Request request) {
    request.parameters().done();
    return scans.require(caller.account(), request.pathParameter("id"));
  }

  private Answer receipt(Erased erased) {
    return Answer.json(
        new ErasureReceipt(
            erased.scans(), erased.hits(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }
}
