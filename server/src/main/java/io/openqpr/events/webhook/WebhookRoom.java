package io.openqpr.events.webhook;

import io.openqpr.account.AccountRoom;
import io.openqpr.code.CodeRoom;
import io.openqpr.events.feed.FeedRoom;
import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.events.webhook.post.Poster;
import io.openqpr.platform.config.WebhookSettings;
import io.openqpr.platform.job.Job;
import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Gauge;
import io.openqpr.platform.metric.GaugeFamily;
import io.openqpr.platform.metric.Label;
import io.openqpr.platform.metric.Metric;
import io.openqpr.storage.store.Store;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Route;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;

/// Webhooks, with all that sends them.
public final class WebhookRoom implements Room {

  /// Of attempts and of what was given up.
  private static final Duration KEPT = Duration.ofDays(30);

  /// Of each webhook and kind.
  private static final int MOST_KEPT = 10_000;

  private final Ground ground;
  private final TargetGuard guard;
  private final Poster poster;
  private final Requests requests;
  private final WebhookMetrics metrics = new WebhookMetrics();
  private final Deliveries deliveries;
  private final List<Route> routes = new ArrayList<>();

  public WebhookRoom(Ground ground, AccountRoom accounts, CodeRoom codes, FeedRoom feedRoom) {
    this.ground = ground;
    Store store = ground.store();
    WebhookSettings settings = ground.settings().webhooks();
    guard = new TargetGuard(settings.networks(), settings.ports(), InetAddress::getAllByName);
    poster = new Poster(guard, trusted(), ground.clock(), Requests.MOST);
    var sealed = new SealedTexts(ground.secret().keyFor("webhooks"), ground.random());
    requests = new Requests(poster, guard, sealed, ground.clock(), metrics);
    var feed = feedRoom.feed();
    var consequences = new Consequences(new RetrySchedule(WebhookRoom::spread));
    deliveries =
        new Deliveries(
            store.deliveries(),
            feed,
            new Bodies(feed, store.feed()),
            requests,
            consequences,
            metrics,
            ground.ids(),
            ground.clock());
    var webhooks =
        new Webhooks(
            store.webhooks(),
            store.feed(),
            feed,
            codes.codes(),
            sealed,
            ground.random(),
            ground.ids(),
            ground.clock());
    var samples = new SampleEvents(ground.ids());
    routes.addAll(
        new WebhookRoutes(
                webhooks,
                guard,
                requests,
                samples,
                feed,
                accounts.gate(),
                accounts.once(),
                deliveries::stir)
            .routes());
    routes.addAll(
        new DeliveryRoutes(
                webhooks,
                store.webhooks(),
                ground.ids(),
                accounts.gate(),
                accounts.once(),
                deliveries::stir)
            .routes());
    deliveries.start();
  }

  /// Without a lock, unlike what secrets are made of, which those who scan need as well.
  private static long spread() {
    return ThreadLocalRandom.current().nextLong();
  }

  private static SSLContext trusted() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public List<Job> jobs() {
    return List.of(
        Job.simple("webhook-log", Duration.ofMinutes(1), () -> trim(Instant.EPOCH, MOST_KEPT)),
        Job.simple("webhook-log-age", Duration.ofMinutes(10), this::trimOld).trustingClock());
  }

  private void trimOld() {
    trim(ground.clock().instant().minus(KEPT), Integer.MAX_VALUE);
  }

  private void trim(Instant before, int most) {
    metrics.forgotten.add(ground.store().webhooks().trim(before, most));
  }

  @Override
  public List<Counter> counters() {
    return metrics.counters();
  }

  @Override
  public List<Metric> metrics() {
    var all = new ArrayList<Metric>();
    all.add(metrics.firstAttempt);
    all.add(
        new Gauge(
            "openqpr_webhooks_sending",
            "Active webhooks that this server sends.",
            deliveries::sending));
    for (int seconds : new int[] {1, 10, 60, 600, 3_600}) {
      all.add(
          new Gauge(
              "openqpr_webhooks_behind",
              List.of(new Label("more_than", seconds + "s")),
              "Webhooks of this server whose next event happened so long ago.",
              () -> deliveries.behind(Duration.ofSeconds(seconds))));
    }
    all.add(
        new GaugeFamily(
            "openqpr_webhook_lag_seconds",
            "webhook",
            "How long ago happened what a webhook of this server is told next; the hundred that lag most.",
            deliveries::lags));
    all.add(
        new Gauge(
            "openqpr_webhooks_off",
            "Webhooks that are switched off, of all servers.",
            deliveries::switchedOff));
    all.add(
        new Gauge(
            "openqpr_webhook_requests",
            "Requests to webhooks under way.",
            () -> requests.shares.used()));
    all.add(
        new Gauge(
            "openqpr_webhooks_waiting_for_requests",
            "Webhooks that have something to send and no request for it.",
            () -> requests.shares.waiting()));
    return all;
  }

  @Override
  public void close() throws InterruptedException {
    deliveries.close();
    requests.close();
    poster.close();
    guard.close();
  }
}
