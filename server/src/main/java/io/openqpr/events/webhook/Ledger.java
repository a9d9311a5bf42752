package io.openqpr.events.webhook;

import io.openqpr.events.webhook.Consequences.Consequence;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.DeliveryStore.Entry;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What one webhook's sender did and the store does not know yet. The place moves over a delivery
/// only when it, and all before it, were delivered or are written down as waiting, in the same
/// transaction: whatever dies, nothing is lost, and only what is in here is sent twice.
///
/// Also says when there is room for more. Safe for any thread.
final class Ledger {

  /// Begun and not written down yet, at most: what a dying server has sent twice.
  static final int WINDOW = 1_000;

  /// Deliveries that wait beside the stream; from then on the stream waits with them.
  static final int MOST_WAITING = 1_000;

  private static final int MOST_QUEUED = 200;

  /// Failures in a row from which on one request at a time shows whether the receiver is back.
  static final int DOUBTFUL_FAILURES = 10;

  private final Consequences consequences;
  private final SuccessLog successes;
  private final Outage outage = new Outage();
  private final long claim;
  private final ArrayDeque<Flight> stream = new ArrayDeque<>();

  /// Ids of deliveries that are under way, or whose end is not written down.
  private final Set<String> busy = new HashSet<>();

  private Webhook webhook;
  private FeedPlace place;
  private long sequence;
  private int failures;
  private @Nullable Instant failingSince;
  private int open;
  private int openAgain;
  private final ArrayDeque<Waiting> queued = new ArrayDeque<>();
  private LedgerPage page = new LedgerPage();
  private @Nullable LedgerPage writing;
  private int unwritten;
  private int waiting;
  private long waitingChangedNanos = System.nanoTime();
  private @Nullable Instant heldBack;
  private boolean ended;

  Ledger(Webhook webhook, Progress progress, Consequences consequences, SuccessLog successes) {
    this.webhook = webhook;
    this.consequences = consequences;
    this.successes = successes;
    this.claim = progress.claim();
    this.place = progress.place();
    this.sequence = progress.sequence();
    this.failures = progress.failures();
    this.failingSince = progress.failingSince();
    // Until the store was asked nobody knows what waits, and strictly nothing may pass it.
    this.waiting = webhook.way().strict() ? 1 : 0;
  }

  long claim() {
    return claim;
  }

  synchronized void change(Webhook changed) {
    webhook = changed;
    notifyAll();
  }

  synchronized void wake() {
    notifyAll();
  }

  /// Waits until the stream may go on.
  ///
  /// @param next when happened what is held back meanwhile
  synchronized void awaitRoom(Instant next, BooleanSupplier stopped) throws InterruptedException {
    heldBack = next;
    while (open >= limit() || unwritten >= WINDOW || waiting >= mostWaiting() || ended) {
      if (stopped.getAsBoolean()) {
        throw new InterruptedException();
      }
      wait();
    }
    heldBack = null;
  }

  private int limit() {
    return webhook.way().strict() || failures >= DOUBTFUL_FAILURES
        ? 1
        : webhook.way().concurrency();
  }

  private int mostWaiting() {
    return webhook.way().strict() ? 1 : MOST_WAITING;
  }

  /// Nothing on the way to here was meant for it.
  synchronized void moved(FeedPlace to) {
    if (stream.isEmpty()) {
      place = to;
    }
  }

  synchronized void began(Flight flight) {
    stream.add(flight);
    busy.add(flight.delivery.id());
    open++;
    unwritten++;
  }

  /// Whether what waited is sent now, beside the stream and up to half as many, lest it never comes
  /// to it. Otherwise it may be remembered for when there is room.
  synchronized boolean takes(Waiting again) {
    if (ended || busy.contains(again.delivery().id())) {
      return false;
    }
    if (openAgain < mostAgain()) {
      busy.add(again.delivery().id());
      openAgain++;
      return true;
    }
    if (queued.size() < MOST_QUEUED) {
      busy.add(again.delivery().id());
      queued.add(again);
    }
    return false;
  }

  private int mostAgain() {
    return Math.max(1, limit() / 2);
  }

  /// What was remembered and has room now.
  synchronized @Nullable Waiting nextAgain() {
    if (ended || queued.isEmpty() || openAgain >= mostAgain()) {
      return null;
    }
    openAgain++;
    return queued.remove();
  }

  /// It was not sent after all.
  synchronized void release(Waiting again) {
    openAgain--;
    busy.remove(again.delivery().id());
    notifyAll();
  }

  synchronized void erased(Flight flight, Instant now) {
    openAgain--;
    page.attempts.add(consequences.erased(flight, now));
    settle(flight);
  }

  synchronized void ended(Flight flight, Outcome outcome, Instant now) {
    if (flight.waited == null) {
      open--;
    } else {
      openAgain--;
    }
    count(flight, outcome, now);
    Consequence consequence =
        consequences.of(webhook, flight, outcome, failures, failingSince, now);
    Attempt attempt = consequence.attempt();
    if (attempt.state() != Attempt.State.SUCCEEDED || flight.waited != null || successes.takes()) {
      page.attempts.add(attempt);
    }
    SwitchedOff off = consequence.off();
    if (off != null && !ended) {
      ended = true;
      page.off = off;
    }
    if (consequence.waiting() == null) {
      settle(flight);
    } else {
      park(flight, consequence.waiting());
    }
  }

  private void count(Flight flight, Outcome outcome, Instant now) {
    if (outcome.isSuccess()) {
      failures = 0;
      failingSince = null;
    } else {
      outage.failed(flight.delivery.id());
      failures++;
      failingSince = failingSince == null ? now : failingSince;
    }
  }

  private void settle(Flight flight) {
    if (flight.waited != null) {
      page.settled.add(flight.delivery.id());
      waitingChanged(-1);
    }
    pass(flight);
  }

  private void park(Flight flight, Waiting where) {
    page.waiting.add(where);
    boolean waited = flight.waited != null;
    waitingChanged((where.nextAt() == null ? 0 : 1) - (waited ? 1 : 0));
    pass(flight);
  }

  private void waitingChanged(int by) {
    waiting = Math.max(0, waiting + by);
    waitingChangedNanos = System.nanoTime();
    outage.look(waiting, MOST_WAITING, failures);
  }

  private void pass(Flight flight) {
    page.ids.add(flight.delivery.id());
    flight.settled = true;
    Flight first;
    while ((first = stream.peek()) != null && first.settled) {
      stream.remove();
      place = first.behind == null ? place : first.behind;
      sequence = first.delivery.sequence();
      page.passed++;
    }
    notifyAll();
  }

  /// How many are to be tried again, as the store had it when it was asked.
  synchronized void counted(int inStore, long askedNanos) {
    boolean current =
        writing == null && page.waiting.isEmpty() && page.settled.isEmpty() && openAgain == 0;
    if (current && askedNanos - waitingChangedNanos > 0) {
      waiting = inStore;
      notifyAll();
    }
  }

  /// What is to be written now; `null` for nothing, or while the last of it is.
  ///
  /// @param renewing also where nothing was done
  synchronized @Nullable Entry take(boolean renewing) {
    if (writing != null || (page.isEmpty() && !renewing)) {
      return null;
    }
    writing = page;
    page = new LedgerPage();
    var progress = new Progress(webhook.id(), claim, place, sequence, failures, failingSince);
    return writing.entry(progress, webhook);
  }

  synchronized void written() {
    LedgerPage done = writing;
    if (done != null) {
      unwritten -= done.passed;
      done.ids.forEach(busy::remove);
      waitingChangedNanos = System.nanoTime();
      writing = null;
      notifyAll();
    }
  }

  /// The store did not take it: it is the beginning of the next.
  synchronized void notWritten() {
    LedgerPage kept = writing;
    if (kept != null) {
      kept.add(page);
      page = kept;
      writing = null;
    }
  }

  synchronized boolean hasLanded() {
    return open + openAgain == 0;
  }

  /// Until nothing is under way.
  synchronized void awaitLanded(Duration most) throws InterruptedException {
    long until = System.nanoTime() + most.toNanos();
    while (open + openAgain > 0 && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.timedWait(this, 20);
    }
  }

  /// Of what is due later, how many may be sent now.
  ///
  /// @param probing whether it is time to see whether a receiver that was away is back
  synchronized int mostBeforeTheirTime(boolean probing) {
    outage.look(waiting, MOST_WAITING, failures);
    if (outage.isBack()) {
      return webhook.way().strict() ? 0 : MOST_WAITING;
    }
    return outage.isAway() && probing && !webhook.way().strict() ? 1 : 0;
  }

  synchronized boolean mayHasten(Waiting again) {
    return outage.mayHasten(again.delivery().id());
  }

  /// For how long what is next has happened already.
  synchronized Duration lag(Instant now) {
    Flight first = stream.peek();
    Instant oldest = first != null ? first.happenedAt : heldBack;
    return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
  }
}
