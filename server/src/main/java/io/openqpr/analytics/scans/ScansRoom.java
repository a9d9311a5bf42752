package io.openqpr.analytics.scans;

import io.openqpr.account.AccountRoom;
import io.openqpr.account.Gate;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
import io.openqpr.storage.journal.Journal;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.util.ArrayList;
import java.util.List;

/// Scans as they are asked for and shown, one by one: lists, ignored hits, reports, erasure.
public final class ScansRoom implements Room {

  private final List<Route> routes = new ArrayList<>();

  public ScansRoom(Ground ground, AccountRoom accounts, CodeRoom codeRoom) {
    var store = ground.store();
    Journal journal = ground.journal();
    Gate gate = accounts.gate();
    Codes codes = codeRoom.codes();
    var scans = new Scans(store.scans(), journal);
    routes.addAll(new HistoryRoutes(scans, codes, gate).routes());
    routes.addAll(new ReportRoutes(scans, journal, gate, ground.clock()).routes());
    routes.addAll(new IgnoredRoutes(store.hits(), journal, codes, gate).routes());
    routes.addAll(
        new ErasureRoutes(scans, store.erasure(), journal, gate, ground.clock()).routes());
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
