package io.openqpr.events.webhook;

import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.events.webhook.post.Poster;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// The requests of this server that are under way, of all webhooks: so many, with bodies of so many
/// bytes. Signs each afresh.
final class Requests {

  /// At once, whoever they are for. As many connections may be open.
  static final int MOST = 1_000;

  private static final int UNIT_BYTES = 1024;

  private final Poster poster;
  private final SealedTexts sealed;
  private final Clock clock;
  private final WebhookMetrics metrics;
  private final ThreadFactory threads = Thread.ofVirtual().name("webhook-request-", 0).factory();
  private final Semaphore requests = new Semaphore(MOST, true);
  private final int units = HeapShare.WEBHOOKS.length() / UNIT_BYTES;
  private final Semaphore bytes = new Semaphore(units, true);

  Requests(Poster poster, SealedTexts sealed, Clock clock, WebhookMetrics metrics) {
    this.poster = poster;
    this.sealed = sealed;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Waits until there is room for one more; [#start] gives it back.
  void take(int length) throws InterruptedException {
    requests.acquire();
    try {
      bytes.acquire(unitsOf(length));
    } catch (InterruptedException e) {
      requests.release();
      throw e;
    }
  }

  private int unitsOf(int length) {
    return Math.min(units, length / UNIT_BYTES + 1);
  }

  /// @param then told what became of it, on the request's thread
  void start(Webhook webhook, Flight flight, Consumer<Outcome> then) {
    threads
        .newThread(() -> {
          try {
            Instant now = clock.instant();
            Instant happened = flight.happenedAt;
            if (happened != null) {
              metrics.first(Duration.between(happened, now));
            }
            Outcome outcome = post(webhook, flight, now);
            metrics.attempted(outcome);
            then.accept(outcome);
          } catch (InterruptedException e) {
            // nobody does
          } finally {
            bytes.release(unitsOf(flight.body.length));
            requests.release();
          }
        })
        .start();
  }

  private Outcome post(Webhook webhook, Flight flight, Instant now) throws InterruptedException {
    return post(webhook, flight.delivery.id(), flight.delivery.sequence(), flight.body, now);
  }

  /// @param sequence 0 for what is not counted
  Outcome post(Webhook webhook, String id, long sequence, byte[] body, Instant now)
      throws InterruptedException {
    var headers = new ArrayList<>(Signatures.headers(secrets(webhook, now), id, now, body));
    if (sequence > 0) {
      headers.addAll(List.of("X-3QPR-Sequence", String.valueOf(sequence)));
    }
    headers.addAll(CustomHeaders.parse(sealed.open(webhook.id(), webhook.headers())));
    return poster.post(webhook.url(), headers, body, webhook.way().timeout());
  }

  private List<String> secrets(Webhook webhook, Instant now) {
    Webhook.Secrets secrets = webhook.secrets();
    String current = sealed.open(webhook.id(), secrets.current());
    return secrets.previous() == null || !now.isBefore(secrets.previousUntil())
        ? List.of(current)
        : List.of(current, sealed.open(webhook.id(), secrets.previous()));
  }
}
