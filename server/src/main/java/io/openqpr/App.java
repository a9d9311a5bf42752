package io.openqpr;

import io.openqpr.account.AccountRoutes;
import io.openqpr.account.Bootstrap;
import io.openqpr.account.Gate;
import io.openqpr.account.Idempotency;
import io.openqpr.account.KeyRoutes;
import io.openqpr.account.Keys;
import io.openqpr.account.LastUse;
import io.openqpr.account.OwnAccountRoutes;
import io.openqpr.account.Retention;
import io.openqpr.account.SealedAnswers;
import io.openqpr.analytics.question.AnalyticsRoutes;
import io.openqpr.analytics.scans.ErasureRoutes;
import io.openqpr.analytics.scans.HistoryRoutes;
import io.openqpr.analytics.scans.IgnoredRoutes;
import io.openqpr.analytics.scans.ReportRoutes;
import io.openqpr.analytics.scans.Scans;
import io.openqpr.analytics.transfer.ExportRoutes;
import io.openqpr.analytics.transfer.ImportRoutes;
import io.openqpr.capture.CaptureRoutes;
import io.openqpr.capture.agent.Agents;
import io.openqpr.capture.place.Places;
import io.openqpr.capture.visitor.ClientAddress;
import io.openqpr.capture.visitor.DataCenters;
import io.openqpr.capture.visitor.DeviceKeys;
import io.openqpr.capture.visitor.DeviceSecrets;
import io.openqpr.capture.visitor.Judge;
import io.openqpr.capture.visitor.Objections;
import io.openqpr.capture.visitor.Observer;
import io.openqpr.capture.visitor.Recognition;
import io.openqpr.capture.visitor.RotatingSecrets;
import io.openqpr.capture.visitor.Visitors;
import io.openqpr.code.CodeRoutes;
import io.openqpr.code.Codes;
import io.openqpr.code.image.ImageRoutes;
import io.openqpr.code.rule.IgnoreRules;
import io.openqpr.code.rule.RuleRoutes;
import io.openqpr.conversation.ConversationRoutes;
import io.openqpr.conversation.ConversationToken;
import io.openqpr.dashboard.apidocs.ApiDocsRoutes;
import io.openqpr.model.IdMaker;
import io.openqpr.operations.health.OpsRoutes;
import io.openqpr.operations.jobs.Jobs;
import io.openqpr.platform.config.DeviceRotation;
import io.openqpr.platform.config.DeviceSettings;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.config.RateLimitSettings;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Secret;
import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.store.AccountStore;
import io.openqpr.storage.store.Store;
import io.openqpr.web.http.Filter;
import io.openqpr.web.http.HttpServer;
import io.openqpr.web.http.Route;
import io.openqpr.web.limit.RateLimits;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The whole server, wired by hand in reading order and closed in reverse. Tests start the same
/// one.
public final class App implements AutoCloseable {

  /// How long requests that run at shutdown may take.
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Closer closer;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final String publicUrl;
  private final IdMaker ids;
  private final Store store;
  private final Journal journal;
  private final Codes codes;
  private final IgnoreRules rules;
  private final Bootstrap.Outcome bootstrap;
  private final Places places;
  private final DataCenters dataCenters;
  private final Retention retention;
  private final int port;
  private final @Nullable RateLimits rateLimits;
  private final Jobs jobs;
  private final List<Route> routes;

  private App(Closer closer, Settings settings, Limits limits, Clock clock) {
    this.closer = closer;
    this.clock = clock;
    // First of all: whoever meets a busy port has changed nothing.
    var http = closer.closeLater(HttpServer.bind(settings.port(), DRAIN));
    port = http.port();
    publicUrl = settings.publicUrlAt(port);
    ids = new IdMaker(clock, random);
    closer.closeLater(DataDirectory.lock(settings.dataDir()));
    places = closer.closeLater(Places.open(settings.geoDatabase(), settings.dataDir()));
    dataCenters = DataCenters.read(settings.visitors().dataCenters());
    Secret own = Secret.in(settings.dataDir(), random);
    store = closer.closeLater(open(settings));
    Secret secret = own.shared(store::sharedSecret);
    journal =
        closer.closeLater(
            Journal.open(
                settings.dataDir().resolve("journal"),
                () -> ids.next("journal_"),
                store.scans(),
                limits));
    codes = new Codes(store.codes(), store.changes(), ids, clock);
    rules = new IgnoreRules(store.rules(), store.changes(), ids, clock);
    var keys = new Keys(store.accounts(), ids, clock, random);
    bootstrap = new Bootstrap(store.accounts(), keys, ids, clock).run(settings.apiKey());
    var lastUse = closer.closeLater(new LastUse(store.accounts(), clock));
    retention = new Retention(store, clock);
    RateLimitSettings limited = settings.rateLimits();
    rateLimits =
        limited == null
            ? null
            : closer.closeLater(
                RateLimits.open(
                    limited, store.requestCounts(), secret.keyFor("request counts"), clock));
    var sealedAnswers = new SealedAnswers(secret.keyFor("kept answers"), random);
    var once = new Idempotency(store.answers(), sealedAnswers, clock);
    List<Job> due =
        List.of(
            Job.simple("kept-answers", Duration.ofHours(1), once::forgetExpired),
            Job.simple("request-counts", Duration.ofMinutes(5), store.requestCounts()::forgetOver),
            new Job("retention", Duration.ofMinutes(10), retention::step),
            Job.simple("compaction", Duration.ofDays(1), store::compact));
    jobs = closer.closeLater(Jobs.start(store.jobs(), due, clock));
    routes = routes(settings, secret, keys, lastUse, once);
    // Once more, since it closes before all that its requests use.
    closer.closeLater(http);
    http.serve(rateLimits == null ? request -> Filter.Verdict.PASS : rateLimits, routes);
  }

  private static Store open(Settings settings) {
    PostgresUrl postgres = settings.postgres();
    return postgres != null
        ? PostgresStore.open(postgres)
        : DuckDbStore.open(settings.dataDir().resolve("openqpr.duckdb"), DuckDbOptions.defaults());
  }

  private List<Route> routes(
      Settings settings, Secret secret, Keys keys, LastUse lastUse, Idempotency once) {
    AccountStore accounts = store.accounts();
    var gate = new Gate(accounts, store.changes(), lastUse);
    var tokens = new ConversationToken(secret.keyFor("conversation token"));
    var scans = new Scans(store.scans(), journal);
    var addresses = new ClientAddress(settings.trustedProxies());
    var visitors =
        new Visitors(
            addresses,
            new Judge(new Agents(), settings.visitors().headersRequired(), dataCenters),
            rules,
            new Observer(
                addresses,
                places,
                recognition(settings.visitors().devices(), secret),
                new Objections(settings.visitors().signals(), random),
                publicUrl));

    var routes = new ArrayList<Route>();
    var capture = new CaptureRoutes(codes, visitors, journal, ids, tokens, publicUrl);
    routes.addAll(capture.routes());
    routes.addAll(new ConversationRoutes(codes, tokens).routes());
    routes.addAll(new ReportRoutes(scans, journal, gate).routes());
    routes.addAll(new KeyRoutes(accounts, keys, gate, once, lastUse, clock).routes());
    routes.addAll(
        new AccountRoutes(accounts, keys, ids, once, clock, settings.operatorKey()).routes());
    routes.addAll(new OwnAccountRoutes(accounts, gate).routes());
    routes.addAll(
        new CodeRoutes(codes, store.scans(), journal, gate, once, clock, publicUrl).routes());
    routes.addAll(new RuleRoutes(rules, codes, gate, once).routes());
    var images = new ImageRoutes(codes, store.logos(), gate, publicUrl);
    routes.addAll(images.routes());
    routes.addAll(new HistoryRoutes(scans, codes, gate).routes());
    routes.addAll(new IgnoredRoutes(store.hits(), journal, codes, gate).routes());
    routes.addAll(new ErasureRoutes(scans, store.erasure(), journal, gate, clock).routes());
    routes.addAll(new AnalyticsRoutes(store, journal, codes, gate, clock).routes());
    Path workspace = settings.dataDir().resolve("tmp");
    routes.addAll(new ExportRoutes(codes, store.scans(), journal, gate, clock, workspace).routes());
    routes.addAll(new ImportRoutes(codes, store.scans(), journal, gate, once).routes());
    routes.addAll(new ApiDocsRoutes(publicUrl).routes());
    routes.addAll(new OpsRoutes(journal, store::isThere, counters(images, capture)).routes());
    return routes;
  }

  private Recognition recognition(DeviceSettings settings, Secret secret) {
    DeviceRotation rotation = settings.rotation();
    DeviceSecrets secrets;
    if (rotation == null) {
      RotatingSecrets.forgetAll(store.secrets());
      secrets = DeviceSecrets.Fixed.of(secret.keyFor("device key"));
    } else {
      secrets = closer.closeLater(new RotatingSecrets(rotation, store.secrets(), random, clock));
    }
    return new Recognition(new DeviceKeys(secrets), settings.cookie() ? random : null, publicUrl);
  }

  /// Every refusal is seen at `/metrics`; the journal's are there already.
  private List<Counter> counters(ImageRoutes images, CaptureRoutes capture) {
    var counters = new ArrayList<>(capture.counters());
    if (rateLimits != null) {
      counters.addAll(rateLimits.counters());
    }
    counters.add(images.counter());
    counters.add(codes.counter());
    counters.add(rules.counter());
    counters.addAll(retention.counters());
    counters.addAll(jobs.counters());
    counters.addAll(StoreCounters.of(store));
    return counters;
  }

  /// Starts everything; requests are answered from when it returns.
  ///
  /// @throws io.openqpr.platform.CannotStartException with one line for the operator; nothing is
  ///   left open then
  public static App start(Settings settings) {
    Limits limits = settings.postgres() == null ? Limits.DEFAULT : Limits.SHARED;
    return start(settings, limits, Clock.systemUTC());
  }

  static App start(Settings settings, Limits limits, Clock clock) {
    var closer = new Closer();
    try {
      return new App(closer, settings, limits, clock);
    } catch (RuntimeException e) {
      closer.close();
      throw e;
    }
  }

  /// How the world reaches this server, without a slash at the end.
  public String publicUrl() {
    return publicUrl;
  }

  public int port() {
    return port;
  }

  /// The key that this start made, shown this once.
  public Optional<String> newKey() {
    return bootstrap.newKey();
  }

  /// Whether scans get a place.
  public boolean knowsPlaces() {
    return places.areKnown();
  }

  /// The number of the first account.
  public int firstAccount() {
    return bootstrap.account().number();
  }

  /// All that is answered.
  List<Route> routes() {
    return routes;
  }

  public Codes codes() {
    return codes;
  }

  public Journal journal() {
    return journal;
  }

  public Store store() {
    return store;
  }

  public Clock clock() {
    return clock;
  }

  public IdMaker ids() {
    return ids;
  }

  /// Takes no more requests, answers those that run, brings the store up to date, and closes all.
  @Override
  public void close() {
    closer.close();
  }
}
