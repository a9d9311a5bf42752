package io.openqpr.store.postgres;

import io.openqpr.config.PostgresUrl;
import io.openqpr.store.AccountStore;
import io.openqpr.store.AnswerStore;
import io.openqpr.store.Changes;
import io.openqpr.store.CodeStore;
import io.openqpr.store.ErasureStore;
import io.openqpr.store.HitStore;
import io.openqpr.store.JobStore;
import io.openqpr.store.LogoStore;
import io.openqpr.store.RequestCounts;
import io.openqpr.store.RuleStore;
import io.openqpr.store.ScanStore;
import io.openqpr.store.SecretStore;
import io.openqpr.store.Store;
import io.openqpr.store.sql.SqlAccounts;
import io.openqpr.store.sql.SqlAnswers;
import io.openqpr.store.sql.SqlJobs;
import io.openqpr.store.sql.SqlLogos;
import io.openqpr.store.sql.SqlRules;
import io.openqpr.store.sql.SqlSecrets;
import java.util.Map;
import java.util.function.LongSupplier;

/// A store in a PostgreSQL database, which other servers may use at the same time.
public final class PostgresStore implements Store {

  private final Postgres database;
  private final SqlAccounts accounts;
  private final PostgresCodes codes;
  private final PostgresScans scans;
  private final PostgresHits hits;
  private final PostgresErasure erasure;
  private final SqlAnswers answers;
  private final SqlLogos logos;
  private final SqlRules rules;
  private final SqlJobs jobs;
  private final SqlSecrets secrets;
  private final PostgresCounts requestCounts;
  private final Listening changes;
  private final Counting counting;

  private PostgresStore(Postgres database, Listening changes) {
    this.database = database;
    this.changes = changes;
    this.accounts = new SqlAccounts(database);
    this.codes = new PostgresCodes(database);
    this.scans = new PostgresScans(database);
    this.hits = new PostgresHits(database, scans);
    this.erasure = new PostgresErasure(database);
    this.answers = new SqlAnswers(database);
    this.logos = new SqlLogos(database);
    this.rules = new SqlRules(database);
    this.jobs = new SqlJobs(database);
    this.requestCounts = new PostgresCounts(database);
    this.secrets = new SqlSecrets(database);
    this.counting = new Counting(database);
  }

  /// Connects, and brings the tables up to date; ten servers may do so at once.
  ///
  /// @throws io.openqpr.config.CannotStartException when the operator has to mend something
  public static PostgresStore open(PostgresUrl url) {
    return new PostgresStore(Opening.open(url), new Listening(url));
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
    return Map.of("connections", database::refused, "counting", counting::failures);
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
