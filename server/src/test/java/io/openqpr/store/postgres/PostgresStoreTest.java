package io.openqpr.store.postgres;

import io.openqpr.config.PostgresUrl;
import io.openqpr.store.AccountStoreContract;
import io.openqpr.store.AnswerStoreContract;
import io.openqpr.store.ChangesContract;
import io.openqpr.store.CodeStoreContract;
import io.openqpr.store.ErasureStoreContract;
import io.openqpr.store.HitStoreContract;
import io.openqpr.store.JobStoreContract;
import io.openqpr.store.LogoStoreContract;
import io.openqpr.store.RequestCounts;
import io.openqpr.store.RequestCountsContract;
import io.openqpr.store.RuleStoreContract;
import io.openqpr.store.ScanReadingContract;
import io.openqpr.store.ScanWritingContract;
import io.openqpr.store.SecretStoreContract;
import io.openqpr.store.Store;
import io.openqpr.store.TallyContract;
import io.openqpr.store.TotalsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class PostgresStoreTest {

  private final String database = PostgresServer.newDatabase();
  private final PostgresUrl url = PostgresUrl.parse(database);

  private Store postgres() {
    return PostgresStore.open(url);
  }

  @Nested
  class Accounts extends AccountStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Codes extends CodeStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class ScanWriting extends ScanWritingContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class ScanReading extends ScanReadingContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Tallies extends TallyContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Hits extends HitStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Erasure extends ErasureStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Totals extends TotalsContract {
    @Override
    protected Store open() {
      return postgres();
    }

    @Override
    protected void count(Instant until) {
      changed(session -> {
        ScanCounts.advance(session.sql(), ScanCounts.until(session.sql()), until.toEpochMilli());
        return until;
      });
    }

    private <T> void changed(Function<Postgres.Session, T> change) {
      try (Postgres database = Opening.open(url)) {
        database.append(change);
      }
    }
  }

  @Nested
  class Answers extends AnswerStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Logos extends LogoStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Rules extends RuleStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class HeardChanges extends ChangesContract {
    @Override
    protected Store open() {
      return postgres();
    }

    @Override
    protected void cutListening() {
      PostgresServer.cutListening(database);
    }
  }

  @Nested
  class Counts extends RequestCountsContract {
    private final Store store = postgres();

    @AfterEach
    void close() {
      store.close();
    }

    @Override
    protected RequestCounts counts() {
      return store.requestCounts();
    }

    @Override
    protected void passTime(Duration time) {
      PostgresServer.execute(
          database, "update request_counts set since = since - " + time.toMillis());
    }
  }

  @Nested
  class Jobs extends JobStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }

  @Nested
  class Secrets extends SecretStoreContract {
    @Override
    protected Store open() {
      return postgres();
    }
  }
}
