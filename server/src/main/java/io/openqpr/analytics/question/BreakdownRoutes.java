package io.openqpr.analytics.question;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.analytics.question.Analytics.Whose;
import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.code.Codes;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.Breakdown;
import io.openqpr.storage.store.BreakdownQuestion.Behind;
import io.openqpr.storage.store.BreakdownQuestion.Sort;
import io.openqpr.storage.store.Facet;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.Trait;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// `GET /v1/analytics/breakdown` and `GET /v1/qpr-codes/{id}/analytics/breakdown`.
final class BreakdownRoutes {

  private static final int MOST_FACETS = 2;

  private final Codes codes;
  private final Store store;
  private final Clock clock;
  private final Analytics analytics;
  private final Gate gate;

  BreakdownRoutes(Codes codes, Store store, Clock clock, Analytics analytics, Gate gate) {
    this.codes = codes;
    this.store = store;
    this.clock = clock;
    this.analytics = analytics;
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/qpr-codes/{id}/analytics/breakdown",
            gate.guard(Scope.ANALYTICS_READ, this::ofCode)),
        Route.get("/v1/analytics/breakdown", gate.guard(Scope.ANALYTICS_READ, this::ofAccount)));
  }

  /// @param page which of them
  private record Read(Question question, BreakdownPage page) {

    static Read of(Parameters parameters, Set<Trait> traits) {
      ZoneId zone = parameters.zone("timezone", Timeline.DEFAULT_ZONE);
      AskedRange range = AskedRange.of(parameters, zone);
      var visit = VisitQuery.of(parameters, traits, zone);
      List<Facet> by = QuestionQuery.facets(parameters, "by", traits, zone, MOST_FACETS);
      if (!parameters.has("by")) {
        parameters.error(
            "by", "is needed: one field or two, such as by=country or by=country,device");
      }
      boolean funnel = parameters.flag("funnel");
      BreakdownPage page = BreakdownPage.of(parameters, by);
      parameters.done();
      var nothing = new Comparing(Comparing.With.NOTHING, false, null, null);
      return new Read(
          new Question(range, null, zone, visit, visit, by, nothing, funnel, false), page);
    }
  }

  private Answer ofCode(Caller caller, Request request) {
    Read read = Read.of(request.parameters(), VisitQuery.OF_A_CODE);
    QprCode code = codes.require(caller.account(), request.pathParameter("id"));
    return answer(
        request, read.question(), read.page(), QuestionRoom.whose(code), code.ref().id().text());
  }

  private Answer ofAccount(Caller caller, Request request) {
    Read read = Read.of(request.parameters(), VisitQuery.ALL);
    ToIntFunction<String> number = id -> codes.require(caller.account(), id).ref().number();
    Whose whose = QuestionRoom.whose(store, clock, caller);
    return answer(request, read.question().numbered(number), read.page(), whose, null);
  }

  private Answer answer(
      Request request, Question question, BreakdownPage page, Whose whose, @Nullable String code) {
    request.reserve(page.limit() * Analytics.ROW_BYTES);
    Analytics.Page counted = analytics.page(whose, question, page);
    return QuestionRoom.answered(
        request, counted.asOf(), asOf -> view(question, page, counted, code, asOf));
  }

  private static View view(
      Question question,
      BreakdownPage page,
      Analytics.Page counted,
      @Nullable String code,
      Instant asOf) {
    boolean moves = counted.timeline().until() == null && !asOf.equals(counted.asOf());
    Instant until = Instant.ofEpochMilli(counted.until());
    boolean whole = question.range().isWhole();
    var list =
        new ScanLink(
            code,
            question.asked(),
            question.zone(),
            whole ? null : counted.timeline().from(),
            moves ? asOf : until);
    Breakdown rows = counted.rows();
    String next =
        !rows.more() || rows.rows().isEmpty()
            ? null
            : new BreakdownCursor(
                    counted.timeline().from(), moves ? asOf : until, behind(rows.rows().getLast()))
                .text();
    return new View(
        code,
        question.range().text(),
        BreakdownView.of(question.breakdowns(), rows, counted.total(), list, question.funnel()),
        page.sort(),
        page.limit(),
        next,
        asOf,
        QuestionView.of(question, counted.timeline(), asOf, false));
  }

  private static Behind behind(Breakdown.Row row) {
    return new Behind(row.measure(), row.values());
  }

  private record View(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String qprCodeId,
      String period,
      @JsonUnwrapped BreakdownView breakdown,
      Sort sort,
      int limit,
      @Nullable String nextCursor,
      Instant asOf,
      QuestionView question) {}
}
