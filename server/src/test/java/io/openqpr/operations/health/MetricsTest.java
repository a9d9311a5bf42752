package io.openqpr.operations.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.JournalState;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final JournalState JOURNAL =
      new JournalState(1, 2, 3, 4, 5, 6, 7, 8, 9, false, null);

  @Test
  void countersOfOneNameAreDescribedOnce() {
    var counters =
        List.of(
            new Counter("a_total", "A.", () -> 10),
            new Counter("b_total", "of=\"x\"", "B.", () -> 20),
            new Counter("b_total", "of=\"y\"", "B.", () -> 30));

    assertThat(Metrics.text(JOURNAL, true, counters))
        .contains(
            """
            # HELP a_total A.
            # TYPE a_total counter
            a_total 10
            # HELP b_total B.
            # TYPE b_total counter
            b_total{of="x"} 20
            b_total{of="y"} 30
            """);
  }

  @Test
  void theJournalsNumbersAreAllThere() {
    assertThat(
            Metrics.text(JOURNAL, false, List.of()).lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "openqpr_events_total 1",
            "openqpr_journal_syncs_total 2",
            "openqpr_store_transactions_total 3",
            "openqpr_store_failures_total 8",
            "openqpr_store_setbacks_total 9",
            "openqpr_refused_total{reason=\"queue_full\"} 5",
            "openqpr_refused_total{reason=\"backlog_full\"} 6",
            "openqpr_refused_total{reason=\"disk_failed\"} 7",
            "openqpr_journal_backlog_bytes 4",
            "openqpr_store_up 0");
  }
}
