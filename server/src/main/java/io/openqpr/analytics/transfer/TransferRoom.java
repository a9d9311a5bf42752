package io.openqpr.analytics.transfer;

import io.openqpr.account.AccountRoom;
import io.openqpr.account.Gate;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
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

  public TransferRoom(Ground ground, AccountRoom accounts, CodeRoom codeRoom) {
    ScanStore scans = ground.store().scans();
    Journal journal = ground.journal();
    Gate gate = accounts.gate();
    Codes codes = codeRoom.codes();
    Path workspace = ground.settings().dataDir().resolve("tmp");
    routes.addAll(
        new ExportRoutes(codes, scans, journal, gate, ground.clock(), workspace).routes());
    routes.addAll(new ImportRoutes(codes, scans, journal, gate, accounts.once()).routes());
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
