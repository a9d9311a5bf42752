package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectionsTest {

  @Test
  void eitherSignalIsEnough() {
    assertThat(Objections.isIn(List.of("1"), List.of())).isTrue();
    assertThat(Objections.isIn(List.of(), List.of("1"))).isTrue();
    assertThat(Objections.isIn(List.of(), List.of(" 1 "))).isTrue();
    assertThat(Objections.isIn(List.of("0", "1"), List.of("0"))).isTrue();
  }

  @Test
  void nothingElseIs() {
    assertThat(Objections.isIn(List.of(), List.of())).isFalse();
    assertThat(Objections.isIn(List.of("0"), List.of("0"))).isFalse();
    assertThat(Objections.isIn(List.of("true", ""), List.of("unspecified", "11"))).isFalse();
  }
}
