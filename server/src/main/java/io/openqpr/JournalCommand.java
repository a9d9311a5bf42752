package io.openqpr;

import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.journal.JournalRepair;
import io.openqpr.storage.journal.JournalSite;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.store.Store;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `qpr journal`: the journal of a stopped server, which its start refuses.
@Command(
    description = "The journal of this machine's stopped server.",
    subcommands = JournalCommand.Repair.class)
final class JournalCommand {

  @Command(
      name = "repair",
      description = {
        "Take what is sound in a damaged journal into the store, and tell what is lost.",
        "Only for a server that does not start for its journal; with the server's own settings."
      })
  static final class Repair implements Callable<Integer> {

    @Override
    public Integer call() {
      return Main.starting(() -> repair(SettingsReader.read(System.getenv())));
    }

    private static void repair(Settings settings) {
      Disk disk = Disk.ofMachine();
      var random = new SecureRandom();
      try (DataDirectory data = DataDirectory.lock(disk, settings.dataDir());
          Store store = Stores.open(disk, data, settings)) {
        var site = JournalSite.of(disk, data.journal(), random);
        JournalRepair.run(site, site::newName, store.scans(), Limits.DEFAULT)
            .forEach(System.out::println);
      }
    }
  }
}
