package io.openqpr.analytics.question;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.openqpr.account.AccountRoom;
import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.analytics.question.Analytics.Whose;
import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.Store;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.EntityTag;
import io.openqpr.web.http.Json;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `GET /v1/qpr-codes/{id}/analytics` and its account-wide twin `GET /v1/analytics`.
public final class QuestionRoom implements Room {

  private final Codes codes;
  private final Store store;
  private final Clock clock;
  private final Analytics analytics;
  private final BreakdownRoutes breakdowns;
  private final Gate gate;

  public QuestionRoom(Ground ground, AccountRoom accounts, CodeRoom codes) {
    this.codes = codes.codes();
    this.store = ground.store();
    this.clock = ground.clock();
    this.analytics = new Analytics(store, ground.journal(), clock);
    this.gate = accounts.gate();
    this.breakdowns = new BreakdownRoutes(this.codes, store, clock, analytics, gate);
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(
        Route.get("/v1/qpr-codes/{id}/analytics", gate.guard(Scope.ANALYTICS_READ, this::ofCode)));
    routes.add(Route.get("/v1/analytics", gate.guard(Scope.ANALYTICS_READ, this::ofAccount)));
    routes.addAll(breakdowns.routes());
    return List.copyOf(routes);
  }

  private Answer ofCode(Caller caller, Request request) {
    var parameters = request.parameters();
    Question question = QuestionQuery.of(parameters, VisitQuery.OF_A_CODE);
    parameters.done();
    QprCode code = codes.require(caller.account(), request.pathParameter("id"));
    String id = code.ref().id().text();
    Analytics.Result result = analytics.ask(whose(code), question, request::reserve);
    AnalyticsView counts = AnalyticsView.of(result.side(), question.plain());
    return answered(
        request,
        question,
        result,
        asOf ->
            new CodeAnswer(
                id,
                question.range().text(),
                counts.scansTotal(),
                counts.scansUniqueDevices(),
                counts.conversationRate(),
                counts.avgMessagesPerConversation(),
                counts.topCountries(),
                counts.timeseries(),
                IgnoredCounts.of(result.side().timeline(), result.ignored()),
                question.plain() ? null : Addition.of(question, result, id, asOf)));
  }

  private Answer ofAccount(Caller caller, Request request) {
    var parameters = request.parameters();
    Question read = QuestionQuery.of(parameters, VisitQuery.ALL);
    parameters.done();
    Question question = read.numbered(id -> codes.require(caller.account(), id).ref().number());
    Analytics.Result result =
        analytics.ask(whose(store, clock, caller), question, request::reserve);
    AnalyticsView counts = AnalyticsView.of(result.side(), question.plain());
    return answered(
        request,
        question,
        result,
        asOf ->
            new AccountAnswer(
                question.range().text(),
                counts.scansTotal(),
                counts.scansUniqueDevices(),
                counts.conversationRate(),
                counts.avgMessagesPerConversation(),
                counts.topCountries(),
                result.side().series().tally().codes().stream()
                    .map(code -> new TopCode(code.code().text(), code.scans()))
                    .toList(),
                counts.timeseries(),
                IgnoredCounts.of(result.side().timeline(), result.ignored()),
                question.plain() ? null : Addition.of(question, result, null, asOf)));
  }

  static Whose whose(QprCode code) {
    return new Whose(code.ref().account(), code.ref().number(), code::scansSince);
  }

  static Whose whose(Store store, Clock clock, Caller caller) {
    return new Whose(
        caller.account(),
        null,
        () -> store.codes().scansSince(caller.account()).orElseGet(clock::instant));
  }

  private static Answer answered(
      Request request,
      Question question,
      Analytics.Result result,
      Function<Instant, Object> answer) {
    return answered(request, question.plain() ? null : result.asOf(), answer);
  }

  /// An answer that says the same but for its moment has the same tag.
  ///
  /// @param asOf `null` where the answer does not tell it
  static Answer answered(
      Request request, @Nullable Instant asOf, Function<Instant, Object> answer) {
    byte[] timeless = Json.write(answer.apply(Instant.EPOCH));
    EntityTag tag = EntityTag.of(new String(timeless, StandardCharsets.UTF_8));
    List<String> headers = List.of("ETag", asOf == null ? tag.text() : "W/" + tag.text());
    if (tag.isKnownTo(request)) {
      return Answer.notModified().with(headers);
    }
    return Answer.of(
            200,
            List.of("Content-Type", "application/json"),
            asOf == null ? timeless : Json.write(answer.apply(asOf)))
        .with(headers);
  }

  private record CodeAnswer(
      String qprCodeId,
      String period,
      long scansTotal,
      long scansUniqueDevices,
      BigDecimal conversationRate,
      BigDecimal avgMessagesPerConversation,
      List<AnalyticsView.Country> topCountries,
      List<AnalyticsView.Point> timeseries,
      IgnoredCounts ignored,
      @JsonUnwrapped @Nullable Addition addition) {}

  private record AccountAnswer(
      String period,
      long scansTotal,
      long scansUniqueDevices,
      BigDecimal conversationRate,
      BigDecimal avgMessagesPerConversation,
      List<AnalyticsView.Country> topCountries,
      List<TopCode> topCodes,
      List<AnalyticsView.Point> timeseries,
      IgnoredCounts ignored,
      @JsonUnwrapped @Nullable Addition addition) {}

  private record TopCode(String qprCodeId, long scans) {}
}
