package io.openqpr.capture.place;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import io.openqpr.model.Place;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// One MMDB file, as it was when it was opened. Safe for threads; needs no closing.
///
/// What is mapped into memory is a copy that has no name any more: memory is only taken for what is
/// asked, and whatever happens to the file, overwritten in place or cut short, this one goes on.
final class PlaceDatabase {

  /// Decoded values that are kept: countries and cities repeat.
  private static final int REMEMBERED_VALUES = 8_192;

  /// Among so many networks one must have a country, or the file is about something else.
  private static final int NETWORKS_TRIED = 10_000;

  private static final int IPV6 = 6;
  private static final String COPY = "places";

  private final Reader reader;
  private final PlaceFields fields;

  private PlaceDatabase(Reader reader, PlaceFields fields) {
    this.reader = reader;
    this.fields = fields;
  }

  /// @param workspace where the copy is made, an existing folder
  /// @throws IOException when it cannot be read, or tells no countries from addresses
  static PlaceDatabase open(Path file, Path workspace, PlaceFields fields) throws IOException {
    Path copy = Files.createTempFile(workspace, COPY, ".mmdb");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      var reader =
          new Reader(copy.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache(REMEMBERED_VALUES));
      var database = new PlaceDatabase(reader, fields);
      database.mustKnowACountry();
      return database;
    } catch (InvalidDatabaseException
        | InvalidNetworkException
        | RuntimeException
        | StackOverflowError e) {
      throw new IOException("it is no MMDB file, or a damaged one", e);
    } finally {
      Files.delete(copy);
    }
  }

  /// Deletes copies that a killed process left there.
  static void clear(Path workspace) throws IOException {
    if (!Files.isDirectory(workspace)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(workspace, COPY + "*.mmdb")) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  private void mustKnowACountry() throws IOException, InvalidNetworkException {
    Networks<?> networks = reader.networks(Map.class);
    for (int i = 0; i < NETWORKS_TRIED && networks.hasNext(); i++) {
      if (networks.next().data() instanceof Map<?, ?> record
          && fields.placeOf(record).country() != null) {
        return;
      }
    }
    throw new IOException("it tells no countries (its type is `" + type() + "`)");
  }

  /// What its maker calls it, such as `GeoLite2-City`.
  String type() {
    return reader.getMetadata().databaseType();
  }

  /// Unknown where the database says nothing, and for IPv6 addresses that it is not made for: their
  /// first bits would be taken for an IPv4 address.
  ///
  /// @throws IOException when the file is damaged there
  Place placeOf(InetAddress address) throws IOException {
    boolean askable = address instanceof Inet4Address || reader.getMetadata().ipVersion() == IPV6;
    try {
      Map<?, ?> record = askable ? reader.get(address, Map.class) : null;
      return record == null ? Place.UNKNOWN : fields.placeOf(record);
    } catch (StackOverflowError e) {
      // A wrong byte can make a value that holds itself. What was begun is given up whole, so this
      // error, unlike others, leaves nothing behind.
      throw new IOException("a value of the file holds itself", e);
    }
  }
}
