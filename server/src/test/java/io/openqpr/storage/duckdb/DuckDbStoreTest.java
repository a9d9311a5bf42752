package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.store.AccountStoreContract;
import io.openqpr.storage.store.AnswerStoreContract;
import io.openqpr.storage.store.CodeStoreContract;
import io.openqpr.storage.store.ErasureStoreContract;
import io.openqpr.storage.store.FeedStoreContract;
import io.openqpr.storage.store.HitStoreContract;
import io.openqpr.storage.store.JobStoreContract;
import io.openqpr.storage.store.LogoStoreContract;
import io.openqpr.storage.store.MomentContract;
import io.openqpr.storage.store.RuleStoreContract;
import io.openqpr.storage.store.ScanReadingContract;
import io.openqpr.storage.store.ScanWritingContract;
import io.openqpr.storage.store.SecretStoreContract;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.TallyContract;
import io.openqpr.storage.store.TotalsContract;
import io.openqpr.storage.store.WebhookStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest {

  @TempDir Path directory;

  private Store duckDb() {
    return DuckDbStore.open(
        Disk.ofMachine(), directory.resolve("test.duckdb"), DuckDbOptions.defaults());
  }

  @Nested
  class Accounts extends AccountStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Codes extends CodeStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class ScanWriting extends ScanWritingContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class ScanReading extends ScanReadingContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Tallies extends TallyContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Moments extends MomentContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Hits extends HitStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Feed extends FeedStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Erasure extends ErasureStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Totals extends TotalsContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Answers extends AnswerStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Logos extends LogoStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Webhooks extends WebhookStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Rules extends RuleStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }

  @Nested
  class Secrets extends SecretStoreContract {
    @Override
    protected Store open() {
      return duckDb();
    }
  }
}
