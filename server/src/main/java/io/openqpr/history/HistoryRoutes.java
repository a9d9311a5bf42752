package io.openqpr.history;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.code.CodeRoutes;
import io.openqpr.code.Codes;
import io.openqpr.http.Answer;
import io.openqpr.http.Cursor;
import io.openqpr.http.Paging;
import io.openqpr.http.Parameters;
import io.openqpr.http.Request;
import io.openqpr.http.Route;
import io.openqpr.model.Scan;
import io.openqpr.model.Scope;
import io.openqpr.store.PageRequest;
import io.openqpr.store.ScanFilter;
import io.openqpr.store.ScanPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `GET /v1/scans` and `GET /v1/scans/{id}`.
public final class HistoryRoutes {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final Scans scans;
  private final Codes codes;
  private final Gate gate;

  public HistoryRoutes(Scans scans, Codes codes, Gate gate) {
    this.scans = scans;
    this.codes = codes;
    this.gate = gate;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/scans", gate.guard(Scope.SCANS_READ, this::list)),
        Route.get("/v1/scans/{id}", gate.guard(Scope.SCANS_READ, this::read)));
  }

  private Answer read(Caller caller, Request request) {
    request.parameters().done();
    return Answer.json(ScanView.of(scans.require(caller.account(), request.pathParameter("id"))));
  }

  private Answer list(Caller caller, Request request) {
    Question question = question(request.parameters());
    Integer code = question.codeId().map(id -> codeNumber(caller, id)).orElse(null);
    var filter = new ScanFilter(caller.account(), code, question.since(), question.until());
    return Answer.json(ListView.of(scans.page(filter, question.oneMore()), question));
  }

  private int codeNumber(Caller caller, String id) {
    return CodeRoutes.require(codes, caller.account(), id).ref().number();
  }

  private static Question question(Parameters parameters) {
    Optional<String> code = parameters.text("qpr_code_id");
    Paging paging = Paging.of(parameters, DEFAULT_LIMIT, MAX_LIMIT);
    Optional<Instant> since = parameters.instant("since");
    Optional<Instant> until = parameters.instant("until");
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      parameters.error(
          "since", "must be before `until`; got " + since.get() + " and " + until.get());
    }
    parameters.done();
    int limit = paging.limit() + 1;
    PageRequest oneMore =
        paging
            .cursor()
            .<PageRequest>map(cursor -> new PageRequest.Behind(limit, cursor.time(), cursor.id()))
            .orElseGet(() -> new PageRequest.AtOffset(limit, paging.offset()));
    return new Question(code, since.orElse(null), until.orElse(null), paging, oneMore);
  }

  /// @param oneMore asks for one scan more than the page shows, to know whether another follows
  private record Question(
      Optional<String> codeId,
      @Nullable Instant since,
      @Nullable Instant until,
      Paging paging,
      PageRequest oneMore) {}

  private record ListView(
      List<ScanView> scans, long total, int limit, long offset, @Nullable String nextCursor) {

    static ListView of(ScanPage page, Question question) {
      int limit = question.paging().limit();
      boolean more = page.scans().size() > limit;
      List<Scan> shown = more ? page.scans().subList(0, limit) : page.scans();
      return new ListView(
          shown.stream().map(ScanView::of).toList(),
          page.total(),
          limit,
          question.paging().offset(),
          more ? cursor(shown.getLast()) : null);
    }

    private static String cursor(Scan last) {
      return new Cursor(last.scannedAt(), last.id().text()).text();
    }
  }
}
