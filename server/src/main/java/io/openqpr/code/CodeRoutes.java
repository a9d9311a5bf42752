package io.openqpr.code;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.account.Idempotency;
import io.openqpr.model.Characters;
import io.openqpr.model.CodeId;
import io.openqpr.model.CodeStatus;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.CodeFilter;
import io.openqpr.storage.store.CodeStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Cursor;
import io.openqpr.web.http.Paging;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/v1/qpr-codes`: make, list, read, change, delete.
final class CodeRoutes {

  /// More than all fields at their longest take, each character escaped: twelve bytes for a
  /// character of the texts, six for a byte of the metadata, and room for blanks.
  private static final int MAX_BODY_BYTES = 512 * 1024;

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 200;

  /// What the largest code takes, read and as JSON, about.
  private static final long CODE_BYTES = 100 * 1024;

  private static final int MAX_SEARCH = 200;

  private final Codes codes;
  private final ScanTotals totals;
  private final Gate gate;
  private final Idempotency once;
  private final Clock clock;
  private final String publicUrl;

  CodeRoutes(
      Codes codes, ScanTotals totals, Gate gate, Idempotency once, Clock clock, String publicUrl) {
    this.codes = codes;
    this.totals = totals;
    this.gate = gate;
    this.once = once;
    this.clock = clock;
    this.publicUrl = publicUrl;
  }

  List<Route> routes() {
    var bulk = new BulkCreation(codes, publicUrl);
    return List.of(
        Route.post("/v1/qpr-codes", gate.guard(Scope.CODES_WRITE, once.only(this::create))),
        Route.post("/v1/qpr-codes/bulk", gate.guard(Scope.CODES_WRITE, once.only(bulk::create))),
        Route.get("/v1/qpr-codes", gate.guard(Scope.CODES_READ, this::list)),
        Route.get("/v1/qpr-codes/{id}", gate.guard(Scope.CODES_READ, this::read)),
        Route.patch("/v1/qpr-codes/{id}", gate.guard(Scope.CODES_WRITE, this::change)),
        Route.delete("/v1/qpr-codes/{id}", gate.guard(Scope.CODES_WRITE, this::delete)));
  }

  private Answer create(Caller caller, Request request) {
    request.parameters().done();
    CodeDraft draft = CodeDraft.read(request.jsonBody(MAX_BODY_BYTES));
    return Answer.json(CodeView.of(codes.create(caller.account(), draft), 0, publicUrl));
  }

  private Answer list(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    Paging paging = Paging.of(parameters, DEFAULT_LIMIT, MAX_LIMIT);
    CodePatch.Status status =
        parameters.optionalChoice("status", CodePatch.Status.class).orElse(null);
    Optional<String> search = parameters.text("search");
    if (search.isPresent() && Characters.count(search.get()) > MAX_SEARCH) {
      parameters.error("search", "must have at most " + MAX_SEARCH + " characters");
    }
    parameters.done();
    var filter =
        new CodeFilter(
            caller.account(),
            status == null ? null : CodeStatus.valueOf(status.name()),
            search.orElse(null));
    request.reserve(paging.limit() * CODE_BYTES);
    CodeStore.Page page = codes.page(filter, paging.oneMore());
    return Answer.json(
        new ListView(
            views(caller, paging.shown(page.codes())),
            page.total(),
            paging.limit(),
            paging.offset(),
            paging.nextCursor(
                page.codes(), code -> new Cursor(code.createdAt(), code.ref().id().text()))));
  }

  private record ListView(
      List<CodeView> qprCodes, long total, int limit, long offset, @Nullable String nextCursor) {}

  private Answer read(Caller caller, Request request) {
    request.parameters().done();
    QprCode code = codes.require(caller.account(), request.pathParameter("id"));
    if (code.status() == CodeStatus.DELETED) {
      throw Codes.absent();
    }
    return Answer.json(view(caller, code));
  }

  private Answer change(Caller caller, Request request) {
    request.parameters().done();
    CodeId id = Codes.id(request.pathParameter("id"));
    CodePatch patch = CodePatch.read(request.jsonBody(MAX_BODY_BYTES));
    QprCode changed =
        codes
            .update(caller.account(), id, code -> patch.applyTo(code, now()))
            .orElseThrow(Codes::absent);
    return Answer.json(view(caller, changed));
  }

  private Answer delete(Caller caller, Request request) {
    request.parameters().done();
    CodeId id = Codes.id(request.pathParameter("id"));
    QprCode deleted =
        codes.update(caller.account(), id, code -> code.deleted(now())).orElseThrow(Codes::absent);
    return Answer.json(view(caller, deleted));
  }

  /// To the millisecond, as the store keeps it.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private CodeView view(Caller caller, QprCode code) {
    return views(caller, List.of(code)).getFirst();
  }

  private List<CodeView> views(Caller caller, List<QprCode> shown) {
    List<Integer> numbers = shown.stream().map(code -> code.ref().number()).toList();
    Map<Integer, Long> scans = totals.of(caller.account(), numbers);
    return shown.stream()
        .map(c -> CodeView.of(c, scans.getOrDefault(c.ref().number(), 0L), publicUrl))
        .toList();
  }
}
