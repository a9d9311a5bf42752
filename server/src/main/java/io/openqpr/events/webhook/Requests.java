package io.openqpr.events.webhook;

import io.openqpr.events.webhook.guard.TargetGuard;
import io.openqpr.events.webhook.guard.TargetUrl;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.events.webhook.post.PostBody;
import io.openqpr.events.webhook.post.Poster;
import io.openqpr.platform.Background;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.Webhook;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Sends the requests of this server to webhooks, on threads that give way to those who scan: what
/// runs on them wakes no virtual thread but by a monitor, and asks no store.
final class Requests implements AutoCloseable {

  /// At once, whoever they are for. As many connections may be open.
  static final int MOST = 1_000;

  /// Besides, that somebody asked for and waits for.
  static final int MOST_TESTS = 50;

  private static final int IDLE_SECONDS = 10;

  private final Poster poster;
  private final TargetGuard guard;
  private final SealedTexts sealed;
  private final Clock clock;
  private final WebhookMetrics metrics;

  /// No more than have a slot, and those that gave theirs back and look for what is next.
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Background.threads("webhook-request"));

  private final Semaphore tests = new Semaphore(MOST_TESTS);

  final FairShares shares = new FairShares(MOST, HeapShare.WEBHOOKS.bytes());

  Requests(
      Poster poster, TargetGuard guard, SealedTexts sealed, Clock clock, WebhookMetrics metrics) {
    this.poster = poster;
    this.guard = guard;
    this.sealed = sealed;
    this.clock = clock;
    this.metrics = metrics;
  }

  Envelope envelope(Webhook webhook) {
    return new Envelope(webhook, sealed, guard);
  }

  /// On a thread that gives way.
  void start(Runnable work) {
    threads.execute(work);
  }

  /// On the caller's thread, one of [#start].
  Outcome send(Envelope envelope, Flight flight) throws InterruptedException {
    Instant now = clock.instant();
    Instant happened = flight.happenedAt;
    if (happened != null) {
      metrics.first(Duration.between(happened, now));
    }
    Outcome outcome =
        post(envelope, flight.delivery.id(), flight.delivery.sequence(), flight.body(), now);
    metrics.attempted(outcome);
    return outcome;
  }

  private Outcome post(Envelope envelope, String id, long sequence, PostBody body, Instant now)
      throws InterruptedException {
    List<String> headers = envelope.headers(id, sequence, body, now);
    Duration timeout = envelope.webhook.way().timeout();
    TargetUrl target = envelope.target;
    return target == null
        ? poster.post(envelope.webhook.url(), headers, body, timeout)
        : poster.post(target, headers, body, timeout);
  }

  /// Sends what is not counted, now, beside all others, and waits for what becomes of it.
  Outcome test(Webhook webhook, String id, byte[] payload, Instant now)
      throws InterruptedException {
    if (!tests.tryAcquire()) {
      throw new ProblemException(
          Kind.OVERLOADED, "Many webhooks are tested at this moment: ask again in some seconds.");
    }
    try {
      return tested(envelope(webhook), id, payload, now);
    } finally {
      tests.release();
    }
  }

  private Outcome tested(Envelope envelope, String id, byte[] payload, Instant now)
      throws InterruptedException {
    var ended = new CompletableFuture<Outcome>();
    start(() -> {
      try {
        Outcome outcome = post(envelope, id, 0, PostBody.of(payload), now);
        Background.ask(() -> ended.complete(outcome));
      } catch (InterruptedException | RuntimeException | Error e) {
        Background.ask(() -> ended.completeExceptionally(e));
      }
    });
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a webhook's test failed", e.getCause());
    }
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
