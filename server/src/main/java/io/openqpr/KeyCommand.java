package io.openqpr;

import io.openqpr.account.KeyOnTheMachine;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.store.Store;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `qpr key`: works on the store itself, so that who has the machine can always get in.
@Command(
    description = {
      "Make an API key of the first account, on this machine; for when all others were lost.",
      "With the embedded store the server must be stopped; with PostgreSQL it may run."
    })
final class KeyCommand implements Callable<Integer> {

  private final Clock clock;

  @Option(names = "--name", description = "What it is for.", defaultValue = "made on the machine")
  private String name = "";

  KeyCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    return Main.starting(() -> System.out.println(make(SettingsReader.read(System.getenv()))));
  }

  private String make(Settings settings) {
    PostgresUrl postgres = settings.postgres();
    if (postgres != null) {
      try (Store store = PostgresStore.open(postgres)) {
        return make(store);
      }
    }
    if (Files.notExists(settings.dataDir())) {
      throw new CannotStartException(
          settings.dataDir() + " is not there; QPR_DATA_DIR names the server's data directory");
    }
    Disk disk = Disk.ofMachine();
    try (DataDirectory data = DataDirectory.lock(disk, settings.dataDir());
        Store store = Stores.open(disk, data, settings)) {
      return make(store);
    }
  }

  private String make(Store store) {
    return KeyOnTheMachine.make(store.accounts(), name, clock, new SecureRandom());
  }
}
