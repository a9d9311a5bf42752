package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.code.image.Outline.Corner;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 60, 200, 600})
  void whatTheLinesEncloseIsWhatIsDark(int length) {
    Symbol symbol = Symbol.of("https://qpr.example/s/" + "a7".repeat(length), Level.H);

    List<List<Corner>> lines = Outline.of(symbol);

    for (int y = -1; y <= symbol.size(); y++) {
      for (int x = -1; x <= symbol.size(); x++) {
        int winding = winding(lines, x, y);
        assertThat(winding).as("%d, %d", x, y).isEqualTo(symbol.dark(x, y) ? 1 : 0);
      }
    }
  }

  /// How often the lines run round the middle of a module, clockwise.
  private static int winding(List<List<Corner>> lines, int x, int y) {
    int winding = 0;
    for (List<Corner> line : lines) {
      Corner from = line.getLast();
      for (Corner to : line) {
        assertThat(from.x() == to.x()).isNotEqualTo(from.y() == to.y());
        if (from.x() > x && from.x() == to.x()) {
          winding += from.y() <= y && to.y() > y ? 1 : 0;
          winding -= to.y() <= y && from.y() > y ? 1 : 0;
        }
        from = to;
      }
    }
    return winding;
  }
}
