package io.openqpr.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever times an import brings, there are few tables.
class TimeRangeTest {

  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");

  private final NavigableMap<Long, Long> known = new TreeMap<>();

  @Test
  void aMonthOfLastYearThisOrTheNextHasATableOfItsOwn() {
    assertThat(range("2026-02-28T23:59:59.999Z"))
        .isEqualTo(
            new TimeRange(
                "scans_2026_02", millis("2026-02-01T00:00:00Z"), millis("2026-03-01T00:00:00Z")));
    assertThat(range("2025-01-01T00:00:00Z").name()).isEqualTo("scans_2025_01");
    assertThat(range("2027-12-31T00:00:00Z").name()).isEqualTo("scans_2027_12");
  }

  @Test
  void anyOtherYearIsOneTable() {
    assertThat(range("2024-12-31T23:59:59.999Z"))
        .isEqualTo(
            new TimeRange(
                "scans_2024", millis("2024-01-01T00:00:00Z"), millis("2025-01-01T00:00:00Z")));
    assertThat(range("2000-06-01T00:00:00Z").name()).isEqualTo("scans_2000");
  }

  @Test
  void aYearThatHasMonthsGetsMoreMonths() {
    known.put(millis("2020-05-01T00:00:00Z"), millis("2020-06-01T00:00:00Z"));
    assertThat(range("2020-01-01T00:00:00Z").name()).isEqualTo("scans_2020_01");
    assertThat(range("2020-12-31T00:00:00Z").name()).isEqualTo("scans_2020_12");
    assertThat(range("2021-01-01T00:00:00Z").name()).isEqualTo("scans_2021");
    assertThat(range("2019-12-31T00:00:00Z").name()).isEqualTo("scans_2019");
  }

  private TimeRange range(String time) {
    return TimeRange.of(millis(time), known, NOW);
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
