package io.openqpr.storage.postgres;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.sql.SqlAccounts;
import io.openqpr.storage.sql.SqlAnswers;
import io.openqpr.storage.sql.SqlDeliveries;
import io.openqpr.storage.sql.SqlFeed;
import io.openqpr.storage.sql.SqlJobs;
import io.openqpr.storage.sql.SqlLogos;
import io.openqpr.storage.sql.SqlRules;
import io.openqpr.storage.sql.SqlSecrets;
import io.openqpr.storage.sql.SqlWebhooks;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.AnswerStore;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import io.openqpr.storage.store.CodeStore;
import io.openqpr.storage.store.DeliveryStore;
import io.openqpr.storage.store.ErasureStore;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.HitStore;
import io.openqpr.storage.store.JobStore;
import io.openqpr.storage.store.LogoStore;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.storage.store.RuleStore;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.SecretStore;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.WebhookStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/// A store in a PostgreSQL database, which other servers may use at the same time.
public final class PostgresStore implements Store {

  private final Postgres database;
  private final SqlAccounts accounts;
  private final PostgresCodes codes;
  private final PostgresScans scans;
  private final PostgresHits hits;
  private final SqlFeed feed;
  private final PostgresErasure erasure;
  private final SqlAnswers answers;
  private final SqlLogos logos;
  private final SqlRules rules;
  private final SqlWebhooks webhooks;
  private final SqlDeliveries deliveries;
  private final SqlJobs jobs;
  private final SqlSecrets secrets;
  private final PostgresCounts requestCounts;
  private final Listening changes;
  private final ScanCounting counting;

  private PostgresStore(Postgres database, Listening changes) {
    this.database = database;
    this.changes = changes;
    this.accounts = new SqlAccounts(database);
    this.codes = new PostgresCodes(database);
    this.scans = new PostgresScans(database);
    this.hits = new PostgresHits(database, scans);
    this.feed = new SqlFeed(database, true, moved -> changes.listen(new FeedListener(moved)));
    this.erasure = new PostgresErasure(database);
    this.answers = new SqlAnswers(database);
    this.logos = new SqlLogos(database);
    this.rules = new SqlRules(database);
    this.webhooks = new SqlWebhooks(database);
    this.deliveries = new SqlDeliveries(database);
    this.jobs = new SqlJobs(database);
    this.requestCounts = new PostgresCounts(database);
    this.secrets = new SqlSecrets(database);
    this.counting = new ScanCounting(database);
  }

  /// Connects, and brings the tables up to date; ten servers may do so at once.
  ///
  /// @throws io.openqpr.platform.CannotStartException when the operator has to mend something
  public static PostgresStore open(PostgresUrl url) {
    return open(url, database -> CopyMark.refuseUnfinished(database, url));
  }

  /// For another store's data, whose journal has this name. Nothing else uses it until
  /// [#finishCopy].
  ///
  /// @throws io.openqpr.platform.CannotStartException also when there are data already, unless they
  ///   are what an earlier copy of the same store left
  public static PostgresStore openForCopy(PostgresUrl url, String journal) {
    return open(url, database -> CopyMark.begin(database, url, journal));
  }

  private static PostgresStore open(PostgresUrl url, Consumer<Postgres> admission) {
    Postgres database = PostgresOpening.open(url);
    try {
      admission.accept(database);
      return new PostgresStore(database, new Listening(url));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// All is here: the journal goes on here, from this position, held by whoever has the token.
  public void finishCopy(String journal, long position, String token) {
    CopyMark.finish(database, journal, position, token);
  }

  @Override
  public AccountStore accounts() {
    return accounts;
  }

  @Override
  public CodeStore codes() {
    return codes;
  }

  @Override
  public ScanStore scans() {
    return scans;
  }

  @Override
  public HitStore hits() {
    return hits;
  }

  @Override
  public FeedStore feed() {
    return feed;
  }

  private record FeedListener(IntConsumer moved) implements Changes.Listener {

    @Override
    public void changed(Change change) {
      if (change.kind() == Change.Kind.FEED) {
        moved.accept(Integer.parseInt(change.key()));
      }
    }

    @Override
    public void missed() {
      moved.accept(FeedStore.SOME_LINE);
    }
  }

  @Override
  public ErasureStore erasure() {
    return erasure;
  }

  @Override
  public AnswerStore answers() {
    return answers;
  }

  @Override
  public LogoStore logos() {
    return logos;
  }

  @Override
  public RuleStore rules() {
    return rules;
  }

  @Override
  public Map<String, LongSupplier> busy() {
    var busy = new TreeMap<>(database.refused());
    busy.put("counting", counting::failures);
    return busy;
  }

  @Override
  public boolean isThere() {
    return database.isThere();
  }

  @Override
  public byte[] sharedSecret(byte[] own) {
    return secrets.shared("server", own);
  }

  @Override
  public SecretStore secrets() {
    return secrets;
  }

  @Override
  public WebhookStore webhooks() {
    return webhooks;
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public RequestCounts requestCounts() {
    return requestCounts;
  }

  @Override
  public Changes changes() {
    return changes;
  }

  /// Autovacuum's work.
  @Override
  public boolean compact() {
    return false;
  }

  @Override
  public void close() {
    changes.close();
    counting.close();
    database.close();
  }
}
