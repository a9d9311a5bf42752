package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.sql.SqlAccounts;
import io.openqpr.storage.sql.SqlAnswers;
import io.openqpr.storage.sql.SqlDeliveries;
import io.openqpr.storage.sql.SqlFeed;
import io.openqpr.storage.sql.SqlJobs;
import io.openqpr.storage.sql.SqlLogos;
import io.openqpr.storage.sql.SqlRules;
import io.openqpr.storage.sql.SqlWebhooks;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.Alone;
import io.openqpr.storage.store.AnswerStore;
import io.openqpr.storage.store.Changes;
import io.openqpr.storage.store.CodeStore;
import io.openqpr.storage.store.DeliveryStore;
import io.openqpr.storage.store.ErasureStore;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.HitStore;
import io.openqpr.storage.store.JobStore;
import io.openqpr.storage.store.LocalCounts;
import io.openqpr.storage.store.LogoStore;
import io.openqpr.storage.store.RequestCounts;
import io.openqpr.storage.store.RuleStore;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.SecretStore;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.WebhookStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/// A store in one file, which belongs to this process while it is open.
public final class DuckDbStore implements Store {

  private final DuckDb database;
  private final SqlAccounts accounts;
  private final DuckDbCodes codes;
  private final DuckDbScans scans;
  private final DuckDbHits hits;
  private final SqlFeed feed;
  private final DuckDbErasure erasure;
  private final SqlAnswers answers;
  private final SqlLogos logos;
  private final SqlRules rules;
  private final SqlWebhooks webhooks;
  private final SqlDeliveries deliveries;
  private final SqlJobs jobs;
  private final RequestCounts requestCounts = new LocalCounts(System::nanoTime);
  private final Changes changes = new Alone();
  private final SecretFiles secrets;

  private DuckDbStore(DuckDb database, SecretFiles secrets) {
    this.database = database;
    this.accounts = new SqlAccounts(database);
    this.codes = new DuckDbCodes(database);
    this.scans = new DuckDbScans(database);
    this.hits = new DuckDbHits(database, scans);
    this.feed = new SqlFeed(database, false, database::listenToFeed);
    this.erasure = new DuckDbErasure(database);
    this.answers = new SqlAnswers(database);
    this.logos = new SqlLogos(database);
    this.rules = new SqlRules(database);
    this.webhooks = new SqlWebhooks(database);
    this.deliveries = new SqlDeliveries(database);
    this.jobs = new SqlJobs(database);
    this.secrets = secrets;
  }

  /// Opens the file, or makes it.
  ///
  /// @throws io.openqpr.platform.CannotStartException when the operator has to mend something
  public static DuckDbStore open(Disk disk, Path file, DuckDbOptions options) {
    var secrets = new SecretFiles(disk, file.resolveSibling("secrets"));
    return new DuckDbStore(DuckDbOpening.open(disk, file, options), secrets);
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

  /// It is a part of this process; false while its file is opened again after a failure.
  @Override
  public boolean isThere() {
    return database.isThere();
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

  /// The file belongs to one server.
  @Override
  public byte[] sharedSecret(byte[] own) {
    return own;
  }

  @Override
  public SecretStore secrets() {
    return secrets;
  }

  @Override
  public Map<String, LongSupplier> busy() {
    return database.busy();
  }

  @Override
  public boolean compact() {
    return database.compact();
  }

  @Override
  public void close() {
    database.close();
  }
}
