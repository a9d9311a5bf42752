package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptLanguageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de | de",
        "de-DE,de;q=0.9,en;q=0.8 | de-DE",
        "en;q=0.5, fr | fr",
        "en;q=0.5,fr;q=0.9,it;q=0.9 | fr",
        "PT-br | pt-BR",
        "zh-hant-tw | zh-Hant-TW",
        "es-419 | es-419",
        "*,da;q=0.3 | da",
        "en;q=0,sv;q=0.1 | sv",
        "de-DE-1996-x-me | de-DE",
        "not a language, nl | nl",
        ",,  , fi ,, | fi",
        "en;q=high, is;q=0.2 | is",
        "en;level=1, cs | cs",
        "kok ; q = 0.4, et;Q=0.3 | et",
      })
  void theFirstOfTheBestIsTaken(String header, String language) {
    assertThat(AcceptLanguage.firstOf(header)).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", ";", "q=1", "12", "d", "i-klingon", "de_DE", "en;q=2", "en;q=NaN", "'--"})
  void whatIsNoLanguageIsNone(String header) {
    assertThat(AcceptLanguage.firstOf(header)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en,", "de-", "-x", ";q", ",;"})
  void howeverMuchComesIsReadSoon(String piece) {
    assertThat(AcceptLanguage.firstOf(piece.repeat(100_000))).isIn(null, "en");
  }
}
