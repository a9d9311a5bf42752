package io.openqpr;

import io.openqpr.account.AccountRoom;
import io.openqpr.analytics.question.QuestionRoom;
import io.openqpr.analytics.scans.ScansRoom;
import io.openqpr.analytics.transfer.TransferRoom;
import io.openqpr.capture.CaptureRoom;
import io.openqpr.capture.place.Places;
import io.openqpr.capture.visitor.DataCenters;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.image.ImageRoom;
import io.openqpr.code.rule.RuleRoom;
import io.openqpr.conversation.ConversationRoom;
import io.openqpr.dashboard.apidocs.ApiDocsRoom;
import io.openqpr.events.feed.FeedRoom;
import io.openqpr.events.live.LiveRoom;
import io.openqpr.events.webhook.WebhookRoom;
import io.openqpr.model.IdMaker;
import io.openqpr.operations.health.OpsRoutes;
import io.openqpr.operations.jobs.Jobs;
import io.openqpr.platform.ClockWatch;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.disk.Secret;
import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Metric;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.JournalSite;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.store.Store;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Filter;
import io.openqpr.web.http.HttpServer;
import io.openqpr.web.http.Route;
import io.openqpr.web.limit.LimitRoom;
import io.openqpr.web.wire.Capacity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The whole server, wired by hand floor by floor, and closed in reverse. Tests start the same one.
public final class App implements AutoCloseable {

  private final Closer closer;
  private final List<Room> rooms = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final Ground ground;
  private final Places places;
  private final AccountRoom accounts;
  private final OpsRoutes health;
  private final int port;
  private final @Nullable HttpServer metricsHttp;
  private volatile boolean closed;

  private App(
      Closer closer, Settings settings, Bounds bounds, Clock clock, Consumer<String> showKey) {
    this.closer = closer;
    // First of all: whoever meets a busy port has changed nothing.
    var http =
        closer.closeLater(
            HttpServer.bind(settings.port(), Capacity.ofProcess(), bounds.deadlines(), clock));
    port = http.port();
    Integer metricsPort = settings.metricsPort();
    metricsHttp =
        metricsPort == null
            ? null
            : closer.closeLater(
                HttpServer.bind(metricsPort, Capacity.FEW, bounds.deadlines(), clock));
    Disk disk = Disk.ofMachine();
    DataDirectory data = closer.closeLater(DataDirectory.lock(disk, settings.dataDir()));
    places = closer.closeLater(Places.open(settings.geoDatabase(), settings.dataDir()));
    DataCenters dataCenters = DataCenters.read(settings.visitors().dataCenters());
    ground = ground(disk, data, settings, bounds.journal(), clock);

    accounts = add(new AccountRoom(ground, showKey));
    var rateLimits = add(new LimitRoom(ground, accounts.gate()));
    var codes = add(new CodeRoom(ground, accounts));
    var rules = add(new RuleRoom(ground, accounts, codes));
    add(new ImageRoom(ground, accounts, codes));
    var conversations = add(new ConversationRoom(ground, codes));
    add(new CaptureRoom(ground, codes, rules, conversations, places, dataCenters));
    add(new ScansRoom(ground, accounts, codes));
    add(new QuestionRoom(ground, accounts, codes));
    add(new TransferRoom(ground, accounts, codes));
    var feed = add(new FeedRoom(ground, accounts, codes));
    add(new LiveRoom(accounts, codes, feed));
    add(new WebhookRoom(ground, accounts, codes, feed));
    add(new ApiDocsRoom(ground));
    health = open(http, rateLimits);
  }

  private Ground ground(
      Disk disk, DataDirectory data, Settings settings, Limits limits, Clock clock) {
    var random = new SecureRandom();
    var ids = new IdMaker(clock, random);
    Secret own = Secret.in(disk, settings.dataDir(), random);
    Store store = closer.closeLater(Stores.open(disk, data, settings));
    Secret secret = own.shared(store::sharedSecret);
    var site = JournalSite.of(disk, data.journal(), random);
    Journal journal =
        closer.closeLater(Journal.open(site, () -> ids.next("journal_"), store.scans(), limits));
    return new Ground(
        settings,
        settings.publicUrlAt(port),
        clock,
        new ClockWatch(clock, System::nanoTime),
        random,
        ids,
        secret,
        store,
        journal);
  }

  private <R extends Room> R add(R room) {
    rooms.add(closer.closeLater(room));
    routes.addAll(room.routes());
    return room;
  }

  /// From here on the rooms work and are asked.
  private OpsRoutes open(HttpServer http, LimitRoom limits) {
    List<Job> due = new ArrayList<>();
    List<Metric> counters = new ArrayList<>();
    for (Room room : rooms) {
      due.addAll(room.jobs());
      counters.addAll(room.counters());
      counters.addAll(room.metrics());
    }
    due.add(Job.simple("compaction", Duration.ofDays(1), ground.store()::compact));
    Jobs jobs =
        closer.closeLater(Jobs.start(ground.store().jobs(), due, ground.clock(), ground.watch()));
    counters.addAll(jobs.counters());
    counters.addAll(Stores.counters(ground.store()));
    var watched =
        new OpsRoutes(
            ground.journal(), ground.store()::isThere, () -> all(counters, http.metrics()));
    routes.addAll(metricsHttp == null ? watched.routes() : watched.health());
    if (metricsHttp != null) {
      metricsHttp.serve(request -> Filter.Verdict.PASS, watched.routes());
    }
    // Once more, since it closes before all that its requests use.
    closer.closeLater(http);
    http.serve(limits.filter(), routes);
    return watched;
  }

  private static List<Metric> all(List<Metric> counters, List<Metric> others) {
    var all = new ArrayList<Metric>(counters);
    all.addAll(DurableThread.counters());
    all.addAll(others);
    return all;
  }

  /// Starts everything; requests are answered from when it returns.
  ///
  /// @throws io.openqpr.platform.CannotStartException with one line for the operator; nothing is
  ///   left open then
  public static App start(Settings settings) {
    return start(settings, key -> {});
  }

  /// @param showKey is told the key that this start makes, before it is kept
  public static App start(Settings settings, Consumer<String> showKey) {
    Limits limits = settings.postgres() == null ? Limits.DEFAULT : Limits.SHARED;
    return start(settings, new Bounds(limits), Clock.systemUTC(), showKey);
  }

  static App start(Settings settings, Limits limits, Clock clock) {
    return start(settings, new Bounds(limits), clock);
  }

  static App start(Settings settings, Bounds bounds, Clock clock) {
    return start(settings, bounds, clock, key -> {});
  }

  private static App start(
      Settings settings, Bounds bounds, Clock clock, Consumer<String> showKey) {
    var closer = new Closer();
    try {
      return new App(closer, settings, bounds, clock, showKey);
    } catch (RuntimeException e) {
      closer.close();
      throw e;
    }
  }

  /// How the world reaches this server, without a slash at the end.
  public String publicUrl() {
    return ground.publicUrl();
  }

  public int port() {
    return port;
  }

  /// Where `/metrics` is.
  public int metricsPort() {
    return metricsHttp == null ? port : metricsHttp.port();
  }

  /// The key that this start made, shown this once.
  public Optional<String> newKey() {
    return accounts.first().newKey();
  }

  /// Whether scans get a place.
  public boolean knowsPlaces() {
    return places.areKnown();
  }

  /// Completed, with one line for the operator, when this server must not go on.
  public CompletableFuture<String> mustStop() {
    return ground.journal().taken();
  }

  /// The number of the first account.
  public int firstAccount() {
    return accounts.first().account().number();
  }

  /// All that is answered.
  List<Route> routes() {
    return routes;
  }

  /// Whether it is closed, or about to be.
  boolean isClosed() {
    return closed;
  }

  /// What its rooms stand on.
  public Ground ground() {
    return ground;
  }

  /// Takes no more requests, answers those that run, brings the store up to date, and closes all.
  @Override
  public void close() {
    closed = true;
    health.drain();
    rooms.forEach(Room::drain);
    closer.close();
  }
}
