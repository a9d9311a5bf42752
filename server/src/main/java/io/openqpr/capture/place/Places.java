package io.openqpr.capture.place;

import io.openqpr.model.Place;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.metric.Counter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Tells where addresses are, from the databases there are at the moment: files that are put in
/// place, changed or added while the server runs are used a few seconds later.
public final class Places implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Places.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final PlaceFiles files;
  private final DurableThread watcher;
  private final LongAdder damaged = new LongAdder();
  private volatile @Nullable PlaceDatabase toldOf;

  private Places(PlaceFiles files) {
    this.files = files;
    this.watcher = DurableThread.every(PAUSE, "places", files::refresh);
  }

  /// @param file the one database to use; `null` for all in [#folderIn]
  /// @throws CannotStartException when one is there that cannot be used
  public static Places open(@Nullable Path file, Path dataDir) {
    try {
      var files = new PlaceFiles(file != null ? file : folderIn(dataDir), dataDir.resolve("tmp"));
      files.openAll();
      return new Places(files);
    } catch (IOException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()));
    }
  }

  /// Where databases are found without being named: all `*.mmdb` in it.
  public static Path folderIn(Path dataDir) {
    return dataDir.resolve("geo");
  }

  /// Whether any place can be known now.
  public boolean areKnown() {
    return !files.opened().isEmpty();
  }

  /// Of the first database, by file name, that knows the country.
  public Place placeOf(InetAddress address) {
    for (PlaceDatabase database : files.opened()) {
      try {
        Place place = database.placeOf(address);
        if (place.country() != null) {
          return place;
        }
      } catch (IOException | RuntimeException e) {
        tellDamage(database, e);
      }
    }
    return Place.UNKNOWN;
  }

  // Without the exception, whose text could have the address.
  private void tellDamage(PlaceDatabase database, Exception e) {
    damaged.increment();
    if (toldOf != database) {
      toldOf = database;
      LOG.log(
          Level.WARNING,
          "the place database {0} is damaged ({1}); some places are unknown",
          database.type(),
          e.getClass().getSimpleName());
    }
  }

  public Counter counter() {
    return new Counter(
        "openqpr_places_damaged_total",
        "Scans whose place is unknown because a place database is damaged there.",
        damaged::sum);
  }

  @Override
  public void close() {
    watcher.close();
  }
}
