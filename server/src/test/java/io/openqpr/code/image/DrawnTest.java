package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.HeapShare;
import org.junit.jupiter.api.Test;

class DrawnTest {

  private final Drawn drawn = new Drawn();

  @Test
  void whatManyAskForIsDrawnOnce() {
    byte[] first = drawn.of("tag", () -> new byte[10]);
    assertThat(drawn.of("tag", () -> new byte[20])).isSameAs(first);
    assertThat(drawn.of("another", () -> new byte[20])).hasSize(20);
    assertThat(drawn.drawn()).isEqualTo(2);
  }

  @Test
  void onePictureDoesNotTakeThePlaceOfAllOthers() {
    int large = HeapShare.PICTURES.length() / 4;
    drawn.of("large", () -> new byte[large]);
    drawn.of("large", () -> new byte[large]);
    assertThat(drawn.drawn()).isEqualTo(2);
  }
}
