package io.openqpr.capture.place;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {

  private final Regions regions = new Regions();

  @ParameterizedTest
  @CsvSource({
    "US, California, CA",
    "US, District of Columbia, DC",
    "GB, England, ENG",
    "DE, State of Berlin, BE",
    "DE, Baden-Wurttemberg, BW",
    "FR, Ile-de-France, IDF",
    "BR, Sao Paulo, SP",
    "CA, Quebec, QC",
    "JP, Tokyo, 13",
    "CN, Guangdong, GD",
    "KR, Gyeonggi-do, 41",
    "ZA, Gauteng, GP",
    "AU, New South Wales, NSW",
  })
  void knowsTheCodesOfNames(String country, String name, String code) {
    assertThat(regions.codeOf(country, name)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "US, Ontario", // another country's
    "TW, Taiwan", // no region
    "FR, Rhone-Alpes", // was one
    "US, ''",
    "US, State",
    "ZZ, California",
  })
  void leavesOutWhatHasNoCode(String country, String name) {
    assertThat(regions.codeOf(country, name)).isNull();
  }
}
