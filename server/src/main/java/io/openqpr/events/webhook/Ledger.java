package io.openqpr.events.webhook;

import io.openqpr.events.feed.Told;
import io.openqpr.events.webhook.Consequences.Consequence;
import io.openqpr.events.webhook.Upcoming.Next;
import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one webhook's sender did and the store does not know yet. The place moves over a delivery
/// only when it, and all before it, were delivered or are written down as waiting, in the same
/// transaction: whatever dies, nothing is lost, and only what is in here is sent twice.
///
/// Also says what is sent next, and when. Safe for any thread, of those that give way too: they
/// wake others by its monitor alone, which has an ordinary thread do it.
final class Ledger {

  /// Deliveries that wait beside the stream; from then on the stream waits with them.
  static final int MOST_WAITING = 1_000;

  private final Consequences consequences;
  private final SuccessLog successes;
  private final FairShares shares;
  private final FairShares.Seat seat;

  /// What is lined up was read so long ago that it must be read again.
  private boolean stale;

  private final Outage outage = new Outage();
  private final long claim;
  private final Upcoming upcoming = new Upcoming();
  private final Course course;
  private final Beside beside;
  private final Streak streak;
  private final Pages pages = new Pages();
  private Webhook webhook;
  private int open;
  private boolean ended;
  private boolean stopped;

  Ledger(
      Webhook webhook,
      Progress progress,
      Consequences consequences,
      SuccessLog successes,
      FairShares shares,
      FairShares.Seat seat) {
    this.webhook = webhook;
    this.consequences = consequences;
    this.successes = successes;
    this.shares = shares;
    this.seat = seat;
    this.claim = progress.claim();
    this.course = new Course(progress.place(), progress.sequence());
    this.streak = new Streak(progress.failures(), progress.failingSince());
    // Until the store was asked nobody knows what waits, and strictly nothing may pass it.
    this.beside = new Beside(webhook.way().strict() ? 1 : 0);
  }

  long claim() {
    return claim;
  }

  synchronized void change(Webhook changed) {
    webhook = changed;
    notifyAll();
  }

  /// Nothing more is begun.
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  // --- the stream ---

  /// Waits until more of the stream is wanted.
  ///
  /// @return how many events
  synchronized int awaitWanted() throws InterruptedException {
    int room;
    while ((room = upcoming.room(webhook.way(), limit(), hasRoom())) == 0 && !stale) {
      wait();
    }
    return stale ? 0 : room;
  }

  private void wakeStream() {
    if (upcoming.room(webhook.way(), limit(), hasRoom()) > 0) {
      notifyAll();
    }
  }

  /// @param readNanos when it was read, or before
  synchronized void lineUp(List<Told> told, boolean batch, long readNanos) {
    upcoming.add(told, batch, readNanos);
  }

  /// What was lined up is not sent, but read again.
  ///
  /// @return where to read from
  synchronized FeedPlace clearUpcoming() {
    upcoming.clear();
    stale = false;
    return course.begunTo();
  }

  /// Nothing on the way to here was meant for it.
  synchronized void moved(FeedPlace to) {
    if (upcoming.isEmpty()) {
      course.moved(to);
    }
  }

  private boolean hasRoom() {
    return open < limit() && !pages.isFull() && beside.waiting() < mostWaiting() && !ended;
  }

  private int limit() {
    return streak.limit(webhook.way());
  }

  private int mostWaiting() {
    return webhook.way().strict() ? 1 : MOST_WAITING;
  }

  /// What is to be sent now, begun, with its slot; `null` where there is nothing, or no room.
  synchronized @Nullable Flight begin(Instant now) {
    if (ended || stopped) {
      return null;
    }
    Flight again = beside.peek();
    if (again != null) {
      return shares.take(seat, again.weight) ? beside.remove() : null;
    }
    Next next = upcoming.peek();
    if (next == null || !hasRoom()) {
      return null;
    }
    if (!next.isFresh()) {
      stale = true;
      notifyAll();
      return null;
    }
    if (!shares.take(seat, next.weight())) {
      return null;
    }
    upcoming.remove();
    var delivery = Bodies.delivery(webhook.id(), next.told(), next.batch(), course.nextSequence());
    var flight = Flight.ofStream(delivery, next, now);
    course.begin(flight, next.told().getLast().place());
    pages.begun(delivery.id());
    open++;
    wakeStream();
    return flight;
  }

  // --- beside it ---

  /// Whether what waited is to be sent now; otherwise it may be remembered for when there is room.
  synchronized boolean takes(Waiting again) {
    String id = again.delivery().id();
    if (ended || stopped || pages.isBusy(id)) {
      return false;
    }
    Beside.Place where = beside.take(again, limit());
    if (where != Beside.Place.NONE) {
      pages.busy(id);
    }
    return where == Beside.Place.NOW;
  }

  /// What was remembered and has room now.
  synchronized @Nullable Waiting nextAgain() {
    return ended || stopped ? null : beside.next(limit());
  }

  /// It was read, and is begun when there is a slot.
  synchronized void again(Flight flight) {
    beside.ready(flight);
  }

  /// It was not sent after all.
  synchronized void release(Waiting again) {
    beside.ended();
    pages.idle(again.delivery().id());
    wakeStream();
  }

  // --- what became of it ---

  synchronized void erased(Flight flight, Instant now) {
    beside.ended();
    pages.page().ended(consequences.erased(flight, now));
    settle(flight);
  }

  synchronized void ended(Flight flight, Outcome outcome, Instant now) {
    if (flight.waited == null) {
      open--;
    } else {
      beside.ended();
    }
    streak.count(outcome.isSuccess(), now);
    if (!outcome.isSuccess()) {
      outage.failed(flight.delivery.id());
    }
    Consequence consequence =
        consequences.of(webhook, flight, outcome, streak.failures(), streak.since(), now);
    if (!outcome.isSuccess() || flight.waited != null || successes.takes()) {
      pages.page().ended(consequence.ended());
    }
    if (consequence.off() != null && !ended) {
      ended = true;
      pages.page().off = consequence.off();
    }
    if (consequence.waiting() == null) {
      settle(flight);
    } else {
      park(flight, consequence.waiting());
    }
  }

  private void settle(Flight flight) {
    if (flight.waited != null) {
      pages.page().settled.add(flight.delivery.id());
      waitingChanged(-1);
    }
    pass(flight);
  }

  private void park(Flight flight, Waiting where) {
    pages.page().waiting.add(where);
    waitingChanged((where.nextAt() == null ? 0 : 1) - (flight.waited != null ? 1 : 0));
    pass(flight);
  }

  private void waitingChanged(int by) {
    beside.changed(by);
    outage.look(beside.waiting(), MOST_WAITING, streak.failures());
  }

  private void pass(Flight flight) {
    pages.page().ids.add(flight.delivery.id());
    flight.settled = true;
    pages.page().passed += course.pass();
    wakeStream();
  }

  /// How many are to be tried again, as the store had it when it was asked.
  synchronized void counted(int inStore, long askedNanos) {
    if (pages.areKnownBeside() && beside.counted(inStore, askedNanos)) {
      wakeStream();
    }
  }

  // --- writing it down ---

  /// What is to be written now; `null` for nothing, or while the last of it is.
  ///
  /// @param least what is less urgent may wait
  /// @param renewing also where nothing was done
  synchronized LedgerPage.@Nullable Written take(Urgency least, boolean renewing) {
    if (pages.areBeingWritten() || !(pages.areDue(least) || renewing)) {
      return null;
    }
    return pages.take(
        new Progress(
            webhook.id(),
            claim,
            course.place(),
            course.sequence(),
            streak.failures(),
            streak.since()),
        webhook);
  }

  synchronized void written() {
    pages.written();
    beside.touched();
    wakeStream();
  }

  /// The store did not take it.
  synchronized void notWritten() {
    pages.notWritten();
  }

  synchronized boolean hasLanded() {
    return open + beside.open() == 0;
  }

  /// Until nothing is under way.
  synchronized void awaitLanded(Duration most) throws InterruptedException {
    long until = System.nanoTime() + most.toNanos();
    while (open + beside.open() > 0 && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.timedWait(this, 20);
    }
  }

  /// Of what is due later, how many may be sent now.
  ///
  /// @param probing whether it is time to see whether a receiver that was away is back
  synchronized int mostBeforeTheirTime(boolean probing) {
    outage.look(beside.waiting(), MOST_WAITING, streak.failures());
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
    Next next = upcoming.peek();
    Instant begun = course.oldest();
    Instant oldest = begun != null || next == null ? begun : next.happenedAt();
    return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
  }
}
