package io.openqpr.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpositionTest {

  private final Exposition exposition = new Exposition();

  @Test
  void countersOfOneNameAreDescribedOnce() {
    assertThat(
            text(
                new Counter("b_total", List.of(new Label("of", "x")), "B.", () -> 20),
                new Counter("a_total", "A.", () -> 10),
                new Counter("b_total", List.of(new Label("of", "y")), "B.", () -> 30)))
        .contains(
            """
            # HELP a_total A.
            # TYPE a_total counter
            a_total 10.0
            # HELP b_total B.
            # TYPE b_total counter
            b_total{of="x"} 20.0
            b_total{of="y"} 30.0
            """);
  }

  @Test
  void aGaugeIsAskedAtEachReading() {
    var level = new long[] {1};
    var gauge = new Gauge("level", "How high.", () -> level[0]);

    assertThat(text(gauge)).contains("# TYPE level gauge\nlevel 1.0\n");
    level[0] = -2;
    assertThat(text(gauge)).contains("level -2.0\n");
  }

  @Test
  void aFamilyShowsWhatThereIsAtEachReading() {
    var lags = new TreeMap<String, Long>(Map.of("a", 1L));
    var family = new GaugeFamily("lag_seconds", "of", "How late.", () -> lags);

    assertThat(text(family)).contains("# TYPE lag_seconds gauge\nlag_seconds{of=\"a\"} 1.0\n");
    lags.remove("a");
    lags.put("b", 2L);
    assertThat(text(family)).contains("lag_seconds{of=\"b\"} 2.0\n").doesNotContain("of=\"a\"");
    lags.clear();
    assertThat(text(family)).doesNotContain("lag_seconds{");
  }

  @Test
  void durationsAreCountedInEachBucketThatTheyFitInto() {
    var durations = new Durations("wait_seconds", "How long.", 0.5, 1);
    durations.took(Duration.ofMillis(200).toNanos());
    durations.took(Duration.ofMillis(500).toNanos());
    durations.took(Duration.ofMillis(800).toNanos());
    durations.took(Duration.ofSeconds(3).toNanos());

    assertThat(text(durations))
        .contains(
            """
            # HELP wait_seconds How long.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.5"} 2
            wait_seconds_bucket{le="1.0"} 3
            wait_seconds_bucket{le="+Inf"} 4
            wait_seconds_count 4
            wait_seconds_sum 4.5
            """);
  }

  @Test
  void labelsAreWrittenSoThatTheyCanBeReadBack() {
    assertThat(text(new Counter("c_total", List.of(new Label("of", "a\"b\\c\nd")), "C.", () -> 1)))
        .contains("c_total{of=\"a\\\"b\\\\c\\nd\"} 1.0\n");
  }

  @Test
  void theProcessIsThereToo() {
    assertThat(text())
        .contains("\njvm_memory_used_bytes{area=\"heap\"} ")
        .contains("\njvm_gc_collection_seconds_count{")
        .contains("\njvm_threads_current ")
        .contains("\nprocess_cpu_seconds_total ")
        .contains("\nprocess_open_fds ");
  }

  private String text(Metric... metrics) {
    return new String(exposition.text(List.of(metrics)), StandardCharsets.UTF_8);
  }
}
