package io.openqpr.capture.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.MmdbFile;
import io.openqpr.model.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each byte of a database, made wrong in several ways: among them pointers to what is around them.
class DamagedDatabaseTest {

  private static final Map<String, Object> CITY =
      Map.of(
          "country", Map.of("iso_code", "US", "names", Map.of("en", "United States")),
          "subdivisions", List.of(Map.of("iso_code", "CA")),
          "city", Map.of("names", Map.of("en", "San Francisco")));

  @TempDir Path directory;

  @Test
  void noByteStopsAScan() throws Exception {
    Path file = directory.resolve("city.mmdb");
    new MmdbFile(4, "City").with("192.0.2.0/24", CITY).writeTo(file);
    byte[] sound = Files.readAllBytes(file);
    var address = InetAddress.getByName("192.0.2.7");
    var fields = new PlaceFields(new Regions());

    for (int at = 0; at < sound.length; at++) {
      for (int wrong : new int[] {0x00, 0x20, 0x21, 0x28, 0x3f, 0xe1, 0xff, sound[at] ^ 1}) {
        byte[] bytes = sound.clone();
        bytes[at] = (byte) wrong;
        Files.write(file, bytes);
        try {
          Place place = PlaceDatabase.open(file, directory, fields).placeOf(address);
          assertThat(place).isNotNull();
        } catch (IOException | RuntimeException e) {
          // The file is not used, or the place is not known: Places sees to both.
        }
      }
    }
  }

  @Test
  void aValueThatHoldsItselfIsAnUnknownPlace() throws Exception {
    Path geo = Files.createDirectory(directory.resolve("geo"));
    int size = new MmdbFile(4, "City").with("192.0.2.0/24", CITY).bytes().length;
    int unknown = 0;
    for (int at = 0; at < size / 2; at++) {
      Map<String, Object> loop = Map.of("city", Map.of("names", new MmdbFile.Pointer(at)));
      new MmdbFile(4, "City")
          .with("192.0.2.0/24", CITY)
          .with("198.51.100.0/24", loop)
          .writeTo(geo.resolve("city.mmdb"));
      try (Places places = Places.open(null, directory)) {
        assertThat(places.placeOf(InetAddress.getByName("192.0.2.7")).country()).isEqualTo("US");
        assertThat(places.placeOf(InetAddress.getByName("198.51.100.7"))).isEqualTo(Place.UNKNOWN);
        unknown += (int) places.counter().value().getAsLong();
      }
    }
    assertThat(unknown).as("found damaged").isPositive();
  }
}
