package io.openqpr.analytics.question;

import io.openqpr.account.AccountRoom;
import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.analytics.scans.VisitQuery;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scope;
import io.openqpr.storage.store.Trait;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// `GET /v1/qpr-codes/{id}/analytics` and its account-wide twin `GET /v1/analytics`.
public final class QuestionRoom implements Room {

  private final Codes codes;
  private final Analytics analytics;
  private final Gate gate;

  public QuestionRoom(Ground ground, AccountRoom accounts, CodeRoom codes) {
    this.codes = codes.codes();
    this.analytics = new Analytics(ground.store(), ground.journal(), ground.clock());
    this.gate = accounts.gate();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/qpr-codes/{id}/analytics", gate.guard(Scope.ANALYTICS_READ, this::ofCode)),
        Route.get("/v1/analytics", gate.guard(Scope.ANALYTICS_READ, this::ofAccount)));
  }

  private Answer ofCode(Caller caller, Request request) {
    Analytics.Question question = question(request.parameters(), VisitQuery.OF_A_CODE);
    QprCode code = codes.require(caller.account(), request.pathParameter("id"));
    AnalyticsView counts = AnalyticsView.of(analytics.ofCode(code, question, request::reserve));
    return Answer.json(
        new CodeAnswer(
            code.ref().id().text(),
            question.period().text(),
            counts.scansTotal(),
            counts.scansUniqueDevices(),
            counts.conversationRate(),
            counts.avgMessagesPerConversation(),
            counts.topCountries(),
            counts.timeseries(),
            counts.ignored()));
  }

  private Answer ofAccount(Caller caller, Request request) {
    Analytics.Question question =
        question(request.parameters(), VisitQuery.ALL)
            .numbered(id -> codes.require(caller.account(), id).ref().number());
    Analytics.Result result = analytics.ofAccount(caller.account(), question, request::reserve);
    AnalyticsView counts = AnalyticsView.of(result);
    return Answer.json(
        new AccountAnswer(
            question.period().text(),
            counts.scansTotal(),
            counts.scansUniqueDevices(),
            counts.conversationRate(),
            counts.avgMessagesPerConversation(),
            counts.topCountries(),
            result.tally().codes().stream()
                .map(code -> new TopCode(code.code().text(), code.scans()))
                .toList(),
            counts.timeseries(),
            counts.ignored()));
  }

  private static Analytics.Question question(Parameters parameters, Set<Trait> traits) {
    ZoneId zone = parameters.zone("timezone", Timeline.DEFAULT_ZONE);
    var question =
        new Analytics.Question(
            parameters.choice("period", Period.byText(), Period.MONTH),
            parameters.choice("granularity", Granularity.class, Granularity.DAY),
            zone,
            VisitQuery.of(parameters, traits, zone));
    parameters.done();
    return question;
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
      IgnoredCounts ignored) {}

  private record AccountAnswer(
      String period,
      long scansTotal,
      long scansUniqueDevices,
      BigDecimal conversationRate,
      BigDecimal avgMessagesPerConversation,
      List<AnalyticsView.Country> topCountries,
      List<TopCode> topCodes,
      List<AnalyticsView.Point> timeseries,
      IgnoredCounts ignored) {}

  private record TopCode(String qprCodeId, long scans) {}
}
