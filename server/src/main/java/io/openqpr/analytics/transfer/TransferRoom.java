package io.openqpr.analytics.transfer;

import io.openqpr.account.AccountRoom;
import io.openqpr.account.Gate;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Scans in bulk, out of files and into them.
public final class TransferRoom implements Room {

  private final List<Route> routes = new ArrayList<>();
  private final List<Counter> counters;

  public TransferRoom(Ground ground, AccountRoom accounts, CodeRoom codeRoom) {
    ScanStore scans = ground.store().scans();
    Journal journal = ground.journal();
    Gate gate = accounts.gate();
    Codes codes = codeRoom.codes();
    Path workspace = ground.settings().dataDir().resolve("tmp");
    var exports = new ExportRoutes(codes, scans, journal, gate, ground.clock(), workspace);
    var times = new ScanTimes(ground.clock());
    var imports = new ImportRoutes(codes, scans, journal, gate, accounts.once(), times);
    routes.addAll(exports.routes());
    routes.addAll(imports.routes());
    counters = List.of(exports.counter(), imports.counter());
  }

  @Override
  public List<Counter> counters() {
    return counters;
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
