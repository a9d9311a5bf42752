package io.openqpr.analytics.scans;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.code.Codes;
import io.openqpr.model.HitId;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.Scan;
import io.openqpr.model.Scope;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.HitFilter;
import io.openqpr.storage.store.HitPage;
import io.openqpr.storage.store.HitStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Paging;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was filtered: `GET /v1/scans/ignored`, and `POST /v1/scans/ignored/{id}/count` for what was
/// a person after all.
final class IgnoredRoutes {

  private final HitStore hits;
  private final Journal journal;
  private final Codes codes;
  private final Gate gate;

  IgnoredRoutes(HitStore hits, Journal journal, Codes codes, Gate gate) {
    this.hits = hits;
    this.journal = journal;
    this.codes = codes;
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/scans/ignored", gate.guard(Scope.SCANS_READ, this::list)),
        Route.post("/v1/scans/ignored/{id}/count", gate.guard(Scope.SCANS_WRITE, this::count)));
  }

  private Answer list(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    ScanQuery query = ScanQuery.of(parameters);
    Optional<IgnoreReason> reason = parameters.optionalChoice("reason", IgnoreReason.class);
    Paging paging = ScanPaging.of(parameters);
    parameters.done();
    var filter =
        new HitFilter(
            query.filter(
                caller.account(), id -> codes.require(caller.account(), id).ref().number()),
            reason.orElse(null));
    request.reserve(ScanPaging.bytesFor(paging));
    journal.awaitApplied();
    return Answer.json(ListView.of(hits.page(filter, paging.oneMore()), paging));
  }

  /// From then on it is a scan like any other, of the time when it was made.
  private Answer count(Caller caller, Request request) {
    request.parameters().done();
    journal.awaitApplied();
    Scan scan =
        HitId.parse(request.pathParameter("id"))
            .flatMap(id -> hits.countAsScan(caller.account(), id))
            .orElseThrow(() ->
                new ProblemException(
                    Kind.NOT_FOUND,
                    "There is no ignored hit with this id in your account; list them at"
                        + " /v1/scans/ignored."));
    return Answer.json(ScanView.of(scan));
  }

  private record ListView(
      List<HitView> ignored, long total, int limit, long offset, @Nullable String nextCursor) {

    static ListView of(HitPage page, Paging paging) {
      return new ListView(
          paging.shown(page.hits()).stream().map(HitView::of).toList(),
          page.total(),
          paging.limit(),
          paging.offset(),
          paging.nextCursor(page.hits(), hit -> ScanPaging.place(hit.asScan())));
    }
  }
}
