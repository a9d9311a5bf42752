package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OwnParamsTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | {}",
        "utm_source=poster&p.table=12 | {\"utm_source\":\"poster\",\"p.table\":\"12\"}",
        "b=1&a=2 | {\"b\":\"1\",\"a\":\"2\"}",
        "a=1&a=2 | {\"a\":\"1\"}",
        "a | {\"a\":\"\"}",
        "a=b=c | {\"a\":\"b=c\"}",
        "=1&&&a=1& | {\"a\":\"1\"}",
        "a=x+y%20z%2B | {\"a\":\"x y z+\"}",
        "caf%C3%A9=%F0%9F%98%80 | {\"café\":\"😀\"}",
        "a=100%&b=%zz&c=%4 | {\"a\":\"100%\",\"b\":\"%zz\",\"c\":\"%4\"}",
        "a=%FF | {\"a\":\"�\"}",
        "a=%00x%0Ay%7F%C2%85 | {\"a\":\"xy\"}",
        "%00=1&b=2 | {\"b\":\"2\"}",
        "a=%22%5C%22 | {\"a\":\"\\\"\\\\\\\"\"}",
        "fbclid=IwAR0&gclid=1&a=1 | {\"a\":\"1\"}",
      })
  void whatCanBeKeptIs(String query, String params) {
    assertThat(OwnParams.of(query)).isEqualTo(params);
  }

  @Test
  void theFirstTenAreKept() {
    var query = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      query.append("p").append(i).append("=&");
    }
    assertThat(JSON.readTree(OwnParams.of(query.toString())).propertyNames())
        .containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
  }

  @Test
  void longValuesAreCutAndLongNamesLeftOut() {
    String longest = "x".repeat(100);
    assertThat(OwnParams.of("a=" + longest + "y&" + longest + "=1&" + longest + "y=2"))
        .isEqualTo("{\"a\":\"" + longest + "\",\"" + longest + "\":\"1\"}");
    String euros = OwnParams.of("a=" + "%E2%82%AC".repeat(500));
    assertThat(euros).isEqualTo("{\"a\":\"" + "€".repeat(100) + "\"}");
    String faces = OwnParams.of("a=x" + "%F0%9F%98%80".repeat(500));
    assertThat(faces).isEqualTo("{\"a\":\"x" + "😀".repeat(99) + "\"}");
  }

  @Test
  void garbageIsNeverAnErrorAndAlwaysBecomesTexts() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    String alphabet = "%&=+;?#ab01\"\\{}é\u0000\u001f\u2028€F";
    for (int i = 0; i < 20_000; i++) {
      var query = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        query.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      JsonNode params = JSON.readTree(OwnParams.of(query.toString()));
      assertThat(params.size()).isLessThanOrEqualTo(10);
      for (JsonNode value : params.values()) {
        assertThat(value.stringValue().chars()).noneMatch(Character::isISOControl);
      }
    }
  }
}
