package io.openqpr.events.webhook;

import io.openqpr.events.feed.Feed;
import io.openqpr.model.IdMaker;
import io.openqpr.platform.DurableThread;
import io.openqpr.platform.Episode;
import io.openqpr.storage.store.DeliveryStore;
import io.openqpr.storage.store.DeliveryStore.Entry;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.DeliveryStore.Standing;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The webhooks that this server sends: takes those that nobody has, sees to what waits, and writes
/// down what was done, of all of them in one transaction. Two threads.
final class Deliveries implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Deliveries.class.getName());

  /// After which another server takes the webhooks of one that died.
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(3);
  private static final Duration BETWEEN_PROBES = Duration.ofSeconds(30);
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

  /// Shown of lags.
  private static final int MOST_LAGS = 100;

  /// Of all webhooks, looked at once.
  private static final int DUE_AT_ONCE = 1_000;

  private static final Instant LATER = Instant.parse("9999-12-31T00:00:00Z");

  private final DeliveryStore store;
  private final Feed feed;
  private final Bodies bodies;
  private final Requests requests;
  private final Consequences consequences;
  private final WebhookMetrics metrics;
  private final IdMaker ids;
  private final Clock clock;
  private final Map<String, WebhookSender> senders = new ConcurrentHashMap<>();

  /// Of webhooks that were switched off or removed, until what was under way is written down.
  private final Queue<WebhookSender> leaving = new ConcurrentLinkedQueue<>();

  private final Semaphore stirred = new Semaphore(0);
  private final Episode failure =
      new Episode(
          LOG,
          Level.WARNING,
          "what was sent to webhooks cannot be written down; they wait",
          "what was sent to webhooks is written down again");
  private volatile boolean closing;
  private @Nullable DurableThread looking;
  private @Nullable DurableThread writing;
  private final Urgency.Turns turns = new Urgency.Turns(System.nanoTime());
  private long renewedNanos = System.nanoTime();
  private Instant probedAt;
  private volatile int switchedOff;
  private long countedNanos = System.nanoTime() - BETWEEN_COUNTS.toNanos();

  Deliveries(
      DeliveryStore store,
      Feed feed,
      Bodies bodies,
      Requests requests,
      Consequences consequences,
      WebhookMetrics metrics,
      IdMaker ids,
      Clock clock) {
    this.store = store;
    this.feed = feed;
    this.bodies = bodies;
    this.requests = requests;
    this.consequences = consequences;
    this.metrics = metrics;
    this.ids = ids;
    this.clock = clock;
    this.probedAt = clock.instant();
  }

  void start() {
    looking = DurableThread.start("webhooks", this::look);
    writing = DurableThread.every(BETWEEN_WRITES, "webhook-ledger", this::write);
  }

  /// Something was changed by this server: looks at once.
  void stir() {
    stirred.release();
  }

  /// How many of this server's webhooks are so far behind, by the time of what comes next.
  long behind(Duration more) {
    Instant now = clock.instant();
    return senders.values().stream()
        .filter(sender -> sender.ledger.lag(now).compareTo(more) > 0)
        .count();
  }

  /// In seconds, by the webhook's id; of this server's those that lag most.
  Map<String, Long> lags() {
    Instant now = clock.instant();
    var lags = new HashMap<String, Long>();
    senders.forEach((id, sender) -> lags.put(id, Math.max(0, sender.ledger.lag(now).toSeconds())));
    return lags.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_LAGS)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// As it was counted last.
  long switchedOff() {
    return switchedOff;
  }

  long sending() {
    return senders.size();
  }

  private boolean look() throws InterruptedException {
    stirred.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    stirred.drainPermits();
    if (!closing) {
      try {
        lookAtAll();
      } catch (StoreException e) {
        LOG.log(Level.DEBUG, "webhooks are not looked at: {0}", e.getMessage());
      }
    }
    return !closing;
  }

  private void lookAtAll() {
    List<Standing> active = store.active();
    Map<String, Standing> byId =
        active.stream().collect(Collectors.toMap(s -> s.webhook().id(), s -> s));
    senders.forEach((id, sender) -> {
      Standing standing = byId.get(id);
      if (standing == null || standing.number() != sender.ledger.claim()) {
        drop(id);
      } else {
        sender.change(standing.webhook());
        sender.go();
      }
    });
    Instant now = clock.instant();
    for (Standing standing : active) {
      Webhook webhook = standing.webhook();
      if (!senders.containsKey(webhook.id()) && !standing.takenUntil().isAfter(now)) {
        store.claim(webhook.id(), now, LEASE).ifPresent(progress -> send(webhook, progress));
      }
    }
    if (!senders.isEmpty()) {
      seeToWaiting(now);
    }
    if (System.nanoTime() - countedNanos > BETWEEN_COUNTS.toNanos()) {
      switchedOff = store.switchedOff();
      countedNanos = System.nanoTime();
    }
  }

  private void send(Webhook webhook, Progress progress) {
    var successes = new SuccessLog(metrics.unlogged);
    var sender =
        new WebhookSender(
            webhook, progress, feed, bodies, requests, consequences, successes, clock);
    senders.put(webhook.id(), sender);
    sender.start();
  }

  private void drop(String id) {
    WebhookSender sender = senders.remove(id);
    if (sender != null) {
      sender.stop();
      leaving.add(sender);
    }
  }

  private void seeToWaiting(Instant now) {
    Set<String> own = Set.copyOf(senders.keySet());
    for (Waiting waiting : store.due(own, now, DUE_AT_ONCE)) {
      WebhookSender sender = senders.get(waiting.delivery().webhook());
      if (sender != null) {
        sender.again(waiting);
      }
    }
    boolean probing = Duration.between(probedAt, now).abs().compareTo(BETWEEN_PROBES) > 0;
    senders.forEach((id, sender) -> hasten(id, sender, probing));
    probedAt = probing ? now : probedAt;
    long asked = System.nanoTime();
    Map<String, Integer> counts = store.waiting(own);
    senders.forEach((id, sender) -> {
      sender.ledger.counted(counts.getOrDefault(id, 0), asked);
      sender.go();
    });
  }

  /// So much waits that the stream waits too: what is due later is sent now, one to see whether the
  /// receiver is back, and all when it is.
  private void hasten(String id, WebhookSender sender, boolean probing) {
    int most = sender.ledger.mostBeforeTheirTime(probing);
    if (most > 0) {
      store.due(Set.of(id), LATER, most).stream()
          .filter(sender.ledger::mayHasten)
          .forEach(sender::again);
    }
  }

  private void write() {
    try {
      writeAll(false);
      writeLeaving();
      failure.end();
    } catch (StoreException e) {
      failure.begin(String.valueOf(e.getMessage()));
    }
  }

  private void writeAll(boolean last) {
    long now = System.nanoTime();
    boolean renewing = now - renewedNanos > BETWEEN_RENEWALS.toNanos();
    Urgency least = last ? Urgency.LATER : turns.least(now);
    var taken = new ArrayList<WebhookSender>();
    var entries = new ArrayList<Entry>();
    senders
        .values()
        .forEach(sender -> {
          LedgerPage.Written page = sender.ledger.take(least, renewing);
          if (page != null) {
            taken.add(sender);
            entries.add(page.entry(ids));
          }
        });
    if (entries.isEmpty()) {
      return;
    }
    Set<String> lost = write(entries, taken);
    renewedNanos = renewing ? now : renewedNanos;
    lost.forEach(this::drop);
    for (Entry entry : entries) {
      String id = entry.progress().webhook();
      if (entry.ending() != null && !lost.contains(id)) {
        metrics.switchedOff.increment();
        LOG.log(
            Level.WARNING, "webhook {0} is switched off: {1}", id, entry.ending().off().reason());
        drop(id);
      }
    }
    taken.forEach(sender -> {
      sender.ledger.written();
      sender.go();
    });
  }

  /// What was delivered just before a webhook was switched off does not come again when it goes on;
  /// nobody else has it until then.
  private void writeLeaving() {
    for (WebhookSender sender : leaving) {
      Ledger ledger = sender.ledger;
      String id = sender.webhook().id();
      boolean over = sender.hasEnded();
      LedgerPage.Written page = ledger.take(Urgency.LATER, false);
      if (page != null) {
        over |= write(List.of(page.entry(ids)), List.of(sender)).contains(id);
        ledger.written();
      }
      if (over) {
        store.giveBack(Map.of(id, ledger.claim()));
        leaving.remove(sender);
      }
    }
  }

  private Set<String> write(List<Entry> entries, Collection<WebhookSender> of) {
    try {
      return store.write(entries, clock.instant(), LEASE);
    } catch (RuntimeException e) {
      of.forEach(sender -> sender.ledger.notWritten());
      throw e;
    }
  }

  /// Lets what is under way end, for a moment, writes it down, and gives the webhooks to others.
  @Override
  public void close() throws InterruptedException {
    closing = true;
    stirred.release();
    if (looking != null) {
      looking.close();
    }
    senders.values().forEach(WebhookSender::stop);
    Instant until = Instant.ofEpochMilli(clock.millis()).plus(LAST_WAIT);
    for (WebhookSender sender : senders.values()) {
      Duration left = Duration.between(clock.instant(), until);
      sender.awaitEnd(left.isNegative() ? Duration.ZERO : left);
    }
    if (writing != null) {
      writing.close();
    }
    try {
      writeAll(true);
      writeLeaving();
      store.giveBack(
          senders.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().ledger.claim())));
    } catch (StoreException e) {
      LOG.log(Level.DEBUG, "webhooks are left to the others when their lease is over", e);
    }
  }
}
