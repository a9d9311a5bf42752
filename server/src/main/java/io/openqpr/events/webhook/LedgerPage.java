package io.openqpr.events.webhook;

import io.openqpr.events.webhook.post.Outcome;
import io.openqpr.model.IdMaker;
import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.Attempt.State;
import io.openqpr.storage.store.DeliveryStore.Ending;
import io.openqpr.storage.store.DeliveryStore.Entry;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one transaction has of a webhook. Guarded by its ledger.
final class LedgerPage {

  private final List<Ended> attempts = new ArrayList<>();
  final List<Waiting> waiting = new ArrayList<>();

  /// Ids of deliveries that wait no more.
  final List<String> settled = new ArrayList<>();

  /// Of all deliveries that ended.
  final List<String> ids = new ArrayList<>();

  /// How many of the stream the place moved over.
  int passed;

  @Nullable SwitchedOff off;

  /// An attempt to be listed, before it has an id: whoever writes it down makes that.
  ///
  /// @param nextAt `null` where it is not tried again
  record Ended(Flight flight, State state, Outcome outcome, @Nullable Instant nextAt, Instant now) {

    private Attempt attempt(String id) {
      return new Attempt(
          id,
          flight.delivery,
          flight.attempts + 1,
          state,
          now.minusMillis(Math.max(0, outcome.phases().done()) / 1_000),
          outcome.status(),
          outcome.failure() == null ? null : outcome.failure().text(),
          outcome.detail(),
          outcome.phases(),
          outcome.answer(),
          nextAt);
    }
  }

  /// A page on its way to the store, with how far all is.
  record Written(LedgerPage page, Progress progress, Webhook webhook) {

    Entry entry(IdMaker ids) {
      return page.entry(progress, webhook, ids);
    }
  }

  void ended(Ended attempt) {
    attempts.add(attempt);
  }

  /// Whether nothing but successes of the stream is on it.
  boolean isOfSuccesses() {
    return waiting.isEmpty() && settled.isEmpty() && off == null;
  }

  boolean isEmpty() {
    return attempts.isEmpty() && ids.isEmpty() && passed == 0 && off == null;
  }

  /// With what came behind it.
  void add(LedgerPage later) {
    attempts.addAll(later.attempts);
    waiting.addAll(later.waiting);
    settled.addAll(later.settled);
    ids.addAll(later.ids);
    passed += later.passed;
    off = off == null ? later.off : off;
  }

  private Entry entry(Progress progress, Webhook webhook, IdMaker ids) {
    SwitchedOff reason = off;
    Ending ending =
        reason == null
            ? null
            : new Ending(
                reason, Notices.id(webhook, reason), Notices.TYPE, Notices.body(webhook, reason));
    return new Entry(
        progress,
        attempts.stream().map(ended -> ended.attempt(ids.next("att_"))).toList(),
        List.copyOf(waiting),
        List.copyOf(settled),
        ending);
  }
}
