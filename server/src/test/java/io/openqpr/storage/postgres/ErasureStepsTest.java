package io.openqpr.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// An account's rows in parts of which each is read soon; each row is in one of them.
class ErasureStepsTest {

  private final NavigableMap<Long, Long> stretches = new TreeMap<>();

  @Test
  void fewRowsAreOnePart() {
    assertThat(steps()).containsExactly("true");
    stretches.put(400L, 9L);
    assertThat(steps()).containsExactly("true");
  }

  @Test
  void manyRowsAreCutWhereStretchesBegin() {
    stretches.put(400L, 9L);
    stretches.put(401L, 0L);
    stretches.put(402L, 4L);
    stretches.put(403L, 7L);
    stretches.put(404L, 50L);
    long last = 404L << 26;
    long second = 402L << 26;
    assertThat(steps())
        .containsExactly(
            "\"scanned_at\" >= " + last,
            "( \"scanned_at\" < %d and \"scanned_at\" >= %d )".formatted(last, second),
            "\"scanned_at\" < " + second);
  }

  private List<String> steps() {
    return PostgresErasure.steps(stretches, 10).stream()
        .map(step -> step.toString().replaceAll("\\s+", " "))
        .toList();
  }
}
