package io.openqpr.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {

  /// Names of the zone database's file `backward` and its fixed zones, among them all that Java
  /// does not have.
  @ParameterizedTest
  @CsvSource({
    "EST, -05:00",
    "MST, -07:00",
    "HST, -10:00",
    "EST5EDT, -05:00",
    "CST6CDT, -06:00",
    "MST7MDT, -07:00",
    "PST8PDT, -08:00",
    "ROC, +08:00",
    "ROK, +09:00",
    "PRC, +08:00",
    "GMT+0, Z",
    "GMT-0, Z",
    "GMT0, Z",
    "Greenwich, Z",
    "UCT, Z",
    "Zulu, Z",
    "Universal, Z",
    "Factory, Z",
    "Etc/GMT+0, Z",
    "Etc/GMT-14, +14:00",
    "WET, Z",
    "CET, +01:00",
    "MET, +01:00",
    "EET, +02:00",
    "W-SU, +03:00",
    "GB-Eire, Z",
    "NZ-CHAT, +13:45",
    "US/Pacific-New, ''",
    "US/Pacific, -08:00",
    "Asia/Calcutta, +05:30",
    "Europe/Kiev, +02:00",
    "America/Buenos_Aires, -03:00",
  })
  void knowsTheOldNamesToo(String name, String januaryOffset) {
    if (januaryOffset.isEmpty()) {
      assertThat(Zones.named(name)).isEmpty(); // no name of the database since 2020
      return;
    }
    ZoneId zone = Zones.named(name).orElseThrow();
    assertThat(zone.getRules().getOffset(Instant.parse("2026-01-15T12:00:00Z")).getId())
        .isEqualTo(januaryOffset);
  }

  @Test
  void knowsAllThatJavaKnows() {
    assertThat(ZoneId.getAvailableZoneIds()).allMatch(name -> Zones.named(name).isPresent());
    assertThat(Zones.names()).containsAll(ZoneId.getAvailableZoneIds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+02:00", "Z", "UTC+2", "GMT+2", "est", "Mars/Olympus", "Europe"})
  void knowsNothingElse(String name) {
    assertThat(Zones.named(name)).isEmpty();
  }

  @Test
  void tellsWhichReleaseOfTheDatabaseIsInUse() {
    assertThat(Zones.version()).matches("20\\d\\d[a-z]");
  }
}
