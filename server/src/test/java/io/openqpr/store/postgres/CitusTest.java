package io.openqpr.store.postgres;

import io.openqpr.config.PostgresUrl;
import io.openqpr.store.ScanReadingContract;
import io.openqpr.store.ScanWritingContract;
import io.openqpr.store.Store;
import io.openqpr.store.TallyContract;
import io.openqpr.store.TotalsContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// Scans that lie on several machines are written, read and counted like any.
class CitusTest {

  @BeforeAll
  static void where() {
    CitusServer.isOffered();
  }

  private final PostgresUrl url = PostgresUrl.parse(CitusServer.newSchema());

  private Store citus() {
    return PostgresStore.open(url);
  }

  @Nested
  class ScanWriting extends ScanWritingContract {
    @Override
    protected Store open() {
      return citus();
    }
  }

  @Nested
  class ScanReading extends ScanReadingContract {
    @Override
    protected Store open() {
      return citus();
    }
  }

  @Nested
  class Tallies extends TallyContract {
    @Override
    protected Store open() {
      return citus();
    }
  }

  @Nested
  class Totals extends TotalsContract {
    @Override
    protected Store open() {
      return citus();
    }
  }
}
