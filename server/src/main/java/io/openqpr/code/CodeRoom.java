package io.openqpr.code;

import io.openqpr.account.AccountRoom;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.util.List;

/// Codes, with what the rooms above need of them.
public final class CodeRoom implements Room {

  private final Codes codes;
  private final CodeRoutes routes;

  public CodeRoom(Ground ground, AccountRoom accounts) {
    var store = ground.store();
    codes = new Codes(store.codes(), store.changes(), ground.ids(), ground.clock());
    var totals = new ScanTotals(store.scans(), ground.journal());
    routes =
        new CodeRoutes(
            codes, totals, accounts.gate(), accounts.once(), ground.clock(), ground.publicUrl());
  }

  public Codes codes() {
    return codes;
  }

  @Override
  public List<Route> routes() {
    return routes.routes();
  }

  @Override
  public List<Counter> counters() {
    return List.of(codes.counter());
  }
}
