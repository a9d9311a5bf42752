package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacedLogoTest {

  @ParameterizedTest
  @CsvSource({"10, 10", "100, 1", "1, 100", "70, 30", "31, 57"})
  void aLogoIsSmallInTheMiddleAndInProportionInEverySymbol(int width, int height) {
    Logo logo = Logo.of(Pixels.of(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)));
    for (int size = 21; size <= 177; size += 4) {
      PlacedLogo placed = PlacedLogo.in(size, logo);

      assertThat(Math.max(placed.width(), placed.height()))
          .isBetween(size * 0.1, size * 0.2 + 1e-9);
      assertThat(placed.width() / placed.height()).isCloseTo((double) width / height, offset(1e-6));
      assertThat(2 * placed.boxLeft() + placed.boxWidth()).isEqualTo(size);
      assertThat(2 * placed.boxTop() + placed.boxHeight()).isEqualTo(size);
      assertThat(placed.left() + placed.width() / 2).isCloseTo(size / 2.0, offset(1e-6));
      assertThat(placed.left() - placed.boxLeft()).isGreaterThan(0.999);
      assertThat(placed.top() - placed.boxTop()).isGreaterThan(0.999);
      assertThat(placed.boxWidth() * placed.boxHeight()).isLessThan(size * size / 10);
    }
  }
}
