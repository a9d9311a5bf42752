package io.openqpr.analytics.scans;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.code.Codes;
import io.openqpr.model.Scan;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanPage;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Paging;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /v1/scans` and `GET /v1/scans/{id}`.
final class HistoryRoutes {

  private final Scans scans;
  private final Codes codes;
  private final Gate gate;

  HistoryRoutes(Scans scans, Codes codes, Gate gate) {
    this.scans = scans;
    this.codes = codes;
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/scans", gate.guard(Scope.SCANS_READ, this::list)),
        Route.get("/v1/scans/{id}", gate.guard(Scope.SCANS_READ, this::read)));
  }

  private Answer read(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    boolean detailed = DetailsView.isAskedFor(parameters);
    parameters.done();
    Scan scan = scans.require(caller.account(), request.pathParameter("id"));
    return Answer.json(ScanView.of(scan, detailed));
  }

  private Answer list(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    ScanQuery query = ScanQuery.of(parameters);
    boolean detailed = DetailsView.isAskedFor(parameters);
    Paging paging = ScanPaging.of(parameters);
    parameters.done();
    ScanFilter filter =
        query.filter(caller.account(), id -> codes.require(caller.account(), id).ref().number());
    request.reserve(ScanPaging.bytesFor(paging));
    return Answer.json(ListView.of(scans.page(filter, paging.oneMore()), paging, detailed));
  }

  private record ListView(
      List<ScanView> scans, long total, int limit, long offset, @Nullable String nextCursor) {

    static ListView of(ScanPage page, Paging paging, boolean detailed) {
      return new ListView(
          paging.shown(page.scans()).stream().map(scan -> ScanView.of(scan, detailed)).toList(),
          page.total(),
          paging.limit(),
          paging.offset(),
          paging.nextCursor(page.scans(), ScanPaging::place));
    }
  }
}
