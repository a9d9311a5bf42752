package io.openqpr.events.webhook;

import io.openqpr.events.feed.Feed;
import io.openqpr.events.feed.FeedWalk;
import io.openqpr.events.feed.Told;
import io.openqpr.storage.store.Delivery;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Sends what is meant for one webhook, while this server has it: the stream in the feed's order,
/// up to so many at once, and beside it what waited. A thread for the stream, and one for each
/// request that is under way.
final class WebhookSender {

  private static final Logger LOG = System.getLogger(WebhookSender.class.getName());

  private static final int TOLD_AT_ONCE = 50;
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final Feed feed;
  private final Bodies bodies;
  private final Requests requests;
  private final Clock clock;
  final Ledger ledger;
  private final Thread thread;
  private volatile Webhook webhook;
  private volatile boolean stopped;

  /// Where the walk goes on when it is begun anew.
  private FeedPlace at;

  private long sequence;
  private long nextStartNanos = System.nanoTime();

  WebhookSender(
      Webhook webhook,
      Progress progress,
      Ledger ledger,
      Feed feed,
      Bodies bodies,
      Requests requests,
      Clock clock) {
    this.webhook = webhook;
    this.feed = feed;
    this.bodies = bodies;
    this.requests = requests;
    this.clock = clock;
    this.at = progress.place();
    this.sequence = progress.sequence();
    this.ledger = ledger;
    this.thread = Thread.ofVirtual().name("webhook-" + webhook.id()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Webhook webhook() {
    return webhook;
  }

  /// From now on it is sent like this.
  void change(Webhook changed) {
    if (!changed.equals(webhook)) {
      webhook = changed;
      ledger.change(changed);
    }
  }

  /// Begins nothing new.
  void stop() {
    stopped = true;
    ledger.wake();
    thread.interrupt();
  }

  void awaitEnd(Duration most) throws InterruptedException {
    thread.join(most);
    ledger.awaitLanded(most);
  }

  /// Whether nothing is under way any more, nor will be.
  boolean hasEnded() {
    return !thread.isAlive() && ledger.hasLanded();
  }

  private void run() {
    while (!stopped) {
      try {
        walk();
      } catch (StoreException e) {
        LOG.log(Level.DEBUG, "webhook {0} waits for the store: {1}", webhook.id(), e.getMessage());
        pause();
      } catch (InterruptedException e) {
        // stopped
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "sending webhook " + webhook.id() + " failed, and goes on", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      // stopped
    }
  }

  /// Until the webhook is changed in what is meant for it.
  private void walk() throws InterruptedException {
    Webhook as = webhook;
    try (FeedWalk walk = feed.walk(at, as.filter())) {
      while (!stopped && webhook.filter().equals(as.filter())) {
        int batch = webhook.way().batch();
        List<Told> told = walk.next(batch > 1 ? batch : TOLD_AT_ONCE, PATIENCE);
        if (told.isEmpty()) {
          at = walk.place();
          ledger.moved(at);
        } else if (batch > 1) {
          send(told, true);
        } else {
          for (Told one : told) {
            send(List.of(one), false);
          }
        }
      }
    }
  }

  private void send(List<Told> told, boolean batch) throws InterruptedException {
    Instant happened = told.getFirst().event().createdAt();
    ledger.awaitRoom(happened, this::isStopped);
    pace();
    Told last = told.getLast();
    Delivery delivery = Bodies.delivery(webhook.id(), told, batch, sequence + 1);
    byte[] body = Bodies.of(delivery, told, batch);
    Flight flight = Flight.ofStream(delivery, body, clock.instant(), last.place(), happened);
    requests.take(body.length);
    sequence++;
    at = last.place();
    ledger.began(flight);
    requests.start(webhook, flight, outcome -> ledger.ended(flight, outcome, clock.instant()));
  }

  private boolean isStopped() {
    return stopped;
  }

  /// So many a second, evenly.
  private void pace() throws InterruptedException {
    int rate = webhook.way().rate();
    if (rate == 0) {
      return;
    }
    long now = System.nanoTime();
    long wait = nextStartNanos - now;
    nextStartNanos = Math.max(now, nextStartNanos) + TimeUnit.SECONDS.toNanos(1) / rate;
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }

  /// Sends what waited, if there is room for it now or soon.
  void again(Waiting waiting) {
    if (!stopped && ledger.takes(waiting)) {
      sendAgain(waiting);
    }
  }

  private void sendAgain(Waiting waiting) {
    Thread.ofVirtual()
        .name("webhook-again")
        .start(() -> {
          try {
            byte[] body = bodies.again(waiting.delivery(), webhook.account());
            Flight flight = Flight.again(waiting, body);
            if (body.length == 0) {
              ledger.erased(flight, clock.instant());
              sendNext();
              return;
            }
            requests.take(body.length);
            requests.start(
                webhook,
                flight,
                outcome -> {
                  ledger.ended(flight, outcome, clock.instant());
                  sendNext();
                });
          } catch (StoreException | InterruptedException e) {
            ledger.release(waiting);
          }
        });
  }

  private void sendNext() {
    Waiting next = stopped ? null : ledger.nextAgain();
    if (next != null) {
      sendAgain(next);
    }
  }
}
