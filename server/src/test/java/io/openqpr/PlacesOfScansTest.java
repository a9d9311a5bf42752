package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// From the headers of a scan to its place in the list.
class PlacesOfScansTest {

  private static final String LOOPBACK = "127.0.0.0/8";

  @TempDir Path directory;

  @BeforeEach
  void putDatabase() throws IOException {
    new MmdbFile(6, "test")
        .with("203.0.113.0/24", Map.of("country_code", "DE", "state1", "Bavaria", "city", "Munich"))
        .with("2001:db8::/32", Map.of("country", Map.of("iso_code", "JP")))
        .writeTo(Files.createDirectories(directory.resolve("geo")).resolve("city.mmdb"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "X-Forwarded-For | 203.0.113.9 | DE,BY,Munich",
        "X-Forwarded-For | 1.1.1.1, 203.0.113.9 | DE,BY,Munich",
        "X-Forwarded-For | ::ffff:203.0.113.9 | DE,BY,Munich",
        "X-Forwarded-For | 2001:db8::7 | JP,null,null",
        "X-Forwarded-For | 203.0.113.9, 8.8.8.8 | null,null,null",
        "X-Forwarded-For | 10.0.0.1 | null,null,null",
        "X-Forwarded-For | (; drop table | null,null,null",
        "Forwarded | for=\"[2001:db8::7]:80\";proto=https | JP,null,null",
        "CF-IPCountry | fr | FR,null,null",
        "CF-IPCountry | XX | null,null,null",
        "CF-IPCountry | T1 | null,null,null",
        "CF-IPCountry | France | null,null,null",
        "CloudFront-Viewer-Country | IT | IT,null,null",
      })
  void aTrustedProxyIsBelieved(String header, String value, String place) {
    try (var server = TestServer.behindProxies(directory, LOOPBACK)) {
      server.scan(server.createCode("c"), header, value);

      assertThat(placeOfLast(server)).isEqualTo(place);
    }
  }

  @Test
  void theDatabaseKnowsBetterThanAProxy() {
    try (var server = TestServer.behindProxies(directory, LOOPBACK)) {
      server.scan(server.createCode("c"), "X-Forwarded-For", "203.0.113.9", "CF-IPCountry", "FR");

      assertThat(placeOfLast(server)).isEqualTo("DE,BY,Munich");
    }
  }

  @Test
  void aCountryThatIsSaidTwiceIsNotBelieved() {
    try (var server = TestServer.behindProxies(directory, LOOPBACK)) {
      server.scan(server.createCode("c"), "CF-IPCountry", "FR", "CF-IPCountry", "DE");

      assertThat(placeOfLast(server)).isEqualTo("null,null,null");
    }
  }

  @Test
  void whoeverIsNoProxyIsNotBelieved() {
    try (var server = TestServer.in(directory)) {
      server.scan(
          server.createCode("c"),
          "X-Forwarded-For",
          "203.0.113.9",
          "Forwarded",
          "for=203.0.113.9",
          "CF-IPCountry",
          "FR");

      assertThat(placeOfLast(server)).isEqualTo("null,null,null");
    }
  }

  private static String placeOfLast(TestServer server) {
    JsonNode scan = server.json("/v1/scans?limit=1").get("scans").get(0);
    return text(scan, "country") + "," + text(scan, "region") + "," + text(scan, "city");
  }

  private static String text(JsonNode scan, String field) {
    return scan.get(field).isNull() ? "null" : scan.get(field).stringValue();
  }
}
