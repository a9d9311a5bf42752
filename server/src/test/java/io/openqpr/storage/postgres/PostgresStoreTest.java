package io.openqpr.storage.postgres;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.store.AccountStoreContract;
import io.openqpr.storage.store.AnswerStoreContract;
import io.openqpr.storage.store.ChangesContract;
import io.openqpr.storage.store.CodeStoreContract;
import io.openqpr.storage.store.ErasureStoreContract;
import io.openqpr.storage.store.FeedStoreContract;
import io.openqpr.storage.store.HitStoreContract;
import io.openqpr.storage.store.JobStoreContract;
import io.openqpr.storage.store.LogoStoreContract;
import io.openqpr.storage.store.MomentContract;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.storage.store.RequestCountsContract;
import io.openqpr.storage.store.RuleStoreContract;
import io.openqpr.storage.store.ScanReadingContract;
import io.openqpr.storage.store.ScanWritingContract;
import io.openqpr.storage.store.SecretStoreContract;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.TallyContract;
import io.openqpr.storage.store.TotalsContract;
import io.openqpr.storage.store.WebhookStoreContract;
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
  class Moments extends MomentContract {
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
  class Feed extends FeedStoreContract {
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
      try (Postgres database = PostgresOpening.open(url)) {
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
  class Webhooks extends WebhookStoreContract {
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
