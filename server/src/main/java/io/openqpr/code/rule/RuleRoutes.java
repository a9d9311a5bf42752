package io.openqpr.code.rule;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.account.Idempotency;
import io.openqpr.code.Codes;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Scope;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.util.List;

/// `/v1/ignore-rules`: set, list, remove. Whoever may change codes, and so stop all their scans,
/// may set what is counted of them.
final class RuleRoutes {

  private static final int MAX_BODY_BYTES = 16 * 1024;

  private final IgnoreRules rules;
  private final Codes codes;
  private final Gate gate;
  private final Idempotency once;

  RuleRoutes(IgnoreRules rules, Codes codes, Gate gate, Idempotency once) {
    this.rules = rules;
    this.codes = codes;
    this.gate = gate;
    this.once = once;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/ignore-rules", gate.guard(Scope.CODES_WRITE, once.only(this::create))),
        Route.get("/v1/ignore-rules", gate.guard(Scope.CODES_READ, this::list)),
        Route.delete("/v1/ignore-rules/{id}", gate.guard(Scope.CODES_WRITE, this::remove)));
  }

  private Answer create(Caller caller, Request request) {
    request.parameters().done();
    RuleDraft draft = RuleDraft.read(request.jsonBody(MAX_BODY_BYTES));
    int account = caller.account();
    CodeRef code = draft.code() == null ? null : codes.require(account, draft.code()).ref();
    return rules
        .add(account, code, draft.sign(), draft.name())
        .map(rule -> Answer.json(RuleView.of(rule)))
        .orElseThrow(() ->
            new ProblemException(
                Kind.CONFLICT,
                "Your account has %d rules, and no more can be: remove one first."
                    .formatted(IgnoreRules.MOST)));
  }

  private record ListView(List<RuleView> rules) {}

  private Answer list(Caller caller, Request request) {
    request.parameters().done();
    return Answer.json(
        new ListView(rules.of(caller.account()).stream().map(RuleView::of).toList()));
  }

  private Answer remove(Caller caller, Request request) {
    request.parameters().done();
    return rules
        .remove(caller.account(), request.pathParameter("id"))
        .map(rule -> Answer.json(RuleView.of(rule)))
        .orElseThrow(() ->
            new ProblemException(
                Kind.NOT_FOUND,
                "There is no rule with this id in your account; list them at /v1/ignore-rules."));
  }
}
