package io.openqpr.store.duckdb;

import io.openqpr.store.AccountStoreContract;
import io.openqpr.store.AnswerStoreContract;
import io.openqpr.store.CodeStoreContract;
import io.openqpr.store.ErasureStoreContract;
import io.openqpr.store.HitStoreContract;
import io.openqpr.store.JobStoreContract;
import io.openqpr.store.LogoStoreContract;
import io.openqpr.store.RuleStoreContract;
import io.openqpr.store.ScanReadingContract;
import io.openqpr.store.ScanWritingContract;
import io.openqpr.store.SecretStoreContract;
import io.openqpr.store.Store;
import io.openqpr.store.TallyContract;
import io.openqpr.store.TotalsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest {

  @TempDir Path directory;

  private Store duckDb() {
    return DuckDbStore.open(directory.resolve("test.duckdb"), DuckDbOptions.defaults());
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
  class Hits extends HitStoreContract {
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
