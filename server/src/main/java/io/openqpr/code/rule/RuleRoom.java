package io.openqpr.code.rule;

import io.openqpr.account.AccountRoom;
import io.openqpr.code.CodeRoom;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.util.List;

/// What accounts told to ignore, for whoever judges a visit.
public final class RuleRoom implements Room {

  private final IgnoreRules rules;
  private final RuleRoutes routes;

  public RuleRoom(Ground ground, AccountRoom accounts, CodeRoom codes) {
    var store = ground.store();
    rules = new IgnoreRules(store.rules(), store.changes(), ground.ids(), ground.clock());
    routes = new RuleRoutes(rules, codes.codes(), accounts.gate(), accounts.once());
  }

  public IgnoreRules rules() {
    return rules;
  }

  @Override
  public List<Route> routes() {
    return routes.routes();
  }

  @Override
  public List<Counter> counters() {
    return List.of(rules.counter());
  }
}
