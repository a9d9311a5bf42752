package io.openqpr.storage.postgres;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.store.FeedStoreContract;
import io.openqpr.storage.store.ScanReadingContract;
import io.openqpr.storage.store.ScanWritingContract;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.TallyContract;
import io.openqpr.storage.store.TotalsContract;
import io.openqpr.storage.store.WebhookStoreContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// Scans that lie on several machines are written, read and counted like any.
class CitusTest {

  @BeforeAll
  static void where() {
    CitusServer.isOffered();
  }

  private final PostgresUrl url = PostgresUrl.parse(CitusServer.newSchemaOfFewParts());

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
  class Feed extends FeedStoreContract {
    @Override
    protected Store open() {
      return citus();
    }
  }

  @Nested
  class Webhooks extends WebhookStoreContract {
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
