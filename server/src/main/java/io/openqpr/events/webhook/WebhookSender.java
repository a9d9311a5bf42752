package io.openqpr.events.webhook;

import io.openqpr.events.feed.Feed;
import io.openqpr.events.feed.FeedWalk;
import io.openqpr.events.feed.Told;
import io.openqpr.events.webhook.post.Failure;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.events.webhook.post.PostBody;
import io.openqpr.platform.Background;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends what is meant for one webhook, while this server has it: the stream in the feed's order,
/// up to so many at once, and beside it what waited. A thread reads the stream; those that send go
/// on with what comes next by themselves.
final class WebhookSender {

  private static final Logger LOG = System.getLogger(WebhookSender.class.getName());

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final Feed feed;
  private final Bodies bodies;
  private final Requests requests;
  private final Clock clock;
  private final FairShares.Seat seat;
  final Ledger ledger;
  private final Thread thread;
  private volatile Webhook webhook;

  /// `null` until it is needed, and again when the webhook was changed.
  private volatile @Nullable Envelope envelope;

  private volatile boolean stopped;
  private FeedPlace at;
  private long nextStartNanos = System.nanoTime();

  WebhookSender(
      Webhook webhook,
      Progress progress,
      Feed feed,
      Bodies bodies,
      Requests requests,
      Consequences consequences,
      SuccessLog successes,
      Clock clock) {
    this.webhook = webhook;
    this.feed = feed;
    this.bodies = bodies;
    this.requests = requests;
    this.clock = clock;
    this.at = progress.place();
    this.seat = requests.shares.seat(progress.failures() > 0, this::go);
    this.ledger = new Ledger(webhook, progress, consequences, successes, requests.shares, seat);
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
      envelope = null;
      ledger.change(changed);
    }
  }

  /// Begins nothing new.
  void stop() {
    stopped = true;
    ledger.stop();
    thread.interrupt();
    requests.shares.leave(seat);
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

  /// Until the webhook is changed in what is meant for it, or what was read has waited for so long
  /// that some of it may have been erased.
  private void walk() throws InterruptedException {
    FeedFilter filter = webhook.filter();
    try (FeedWalk walk = feed.walk(at, filter)) {
      long readNanos = System.nanoTime();
      while (!stopped && webhook.filter().equals(filter)) {
        int wanted = ledger.awaitWanted();
        if (wanted == 0) {
          return;
        }
        List<Told> told = walk.next(wanted, PATIENCE);
        if (told.isEmpty()) {
          ledger.moved(walk.place());
        } else {
          pace();
          ledger.lineUp(told, webhook.way().batch() > 1, readNanos);
          go();
        }
        if (told.size() < wanted) {
          // The walk holds no more, so what comes next is read from now on.
          readNanos = System.nanoTime();
        }
      }
    } finally {
      at = ledger.clearUpcoming();
    }
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

  /// Sends what may be sent now, on threads for it. Any thread.
  void go() {
    Flight next;
    while ((next = ledger.begin(clock.instant())) != null) {
      Flight begun = next;
      try {
        requests.start(() -> send(begun));
      } catch (RuntimeException | Error e) {
        // no thread could be had
        LOG.log(Level.ERROR, "webhook " + webhook.id() + " is not sent", e);
        ended(begun, Outcome.BROKEN_OFF);
        return;
      }
    }
  }

  /// This one, and what comes next when it has ended.
  private void send(Flight first) {
    Flight flight = first;
    while (flight != null) {
      try {
        ended(flight, attempt(flight));
      } catch (InterruptedException e) {
        return; // the server ends
      }
      flight = ledger.begin(clock.instant());
      go();
    }
  }

  private Outcome attempt(Flight flight) throws InterruptedException {
    try {
      return requests.send(envelope(), flight);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a request of webhook " + webhook.id() + " failed", e);
      return Outcome.BROKEN_OFF;
    }
  }

  private void ended(Flight flight, Outcome outcome) {
    ledger.ended(flight, outcome, clock.instant());
    requests.shares.giveBack(seat, flight.weight, isInTime(outcome));
    if (flight.waited != null) {
      Background.ask(() -> Thread.ofVirtual().name("webhook-again").start(this::sendNextAgain));
    }
  }

  /// The others are not to wait for who does not answer, nor for who has no name.
  private static boolean isInTime(Outcome outcome) {
    return outcome.failure() != Failure.TIMEOUT && outcome.failure() != Failure.DNS;
  }

  private Envelope envelope() {
    Envelope known = envelope;
    Webhook current = webhook;
    if (known == null || known.webhook != current) {
      known = requests.envelope(current);
      envelope = known;
    }
    return known;
  }

  /// Sends what waited, if there is room for it now or soon.
  void again(Waiting waiting) {
    if (!stopped && ledger.takes(waiting)) {
      sendAgain(waiting);
    }
  }

  private void sendAgain(Waiting waiting) {
    Thread.ofVirtual().name("webhook-again").start(() -> read(waiting));
  }

  private void sendNextAgain() {
    Waiting next = ledger.nextAgain();
    if (next != null) {
      read(next);
    }
  }

  private void read(Waiting waiting) {
    try {
      PostBody body = bodies.again(waiting.delivery(), webhook.account());
      Flight flight = Flight.again(waiting, body);
      if (body.isEmpty()) {
        ledger.erased(flight, clock.instant());
        sendNextAgain();
      } else {
        ledger.again(flight);
        go();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "webhook {0} waits for the store: {1}", webhook.id(), e.getMessage());
      ledger.release(waiting);
    }
  }
}
