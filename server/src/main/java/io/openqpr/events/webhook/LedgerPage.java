package io.openqpr.events.webhook;

import io.openqpr.storage.store.Attempt;
import io.openqpr.storage.store.DeliveryStore.Ending;
import io.openqpr.storage.store.DeliveryStore.Entry;
import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.Waiting;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.Webhook.SwitchedOff;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one transaction has of a webhook. Guarded by its ledger.
final class LedgerPage {

  final List<Attempt> attempts = new ArrayList<>();
  final List<Waiting> waiting = new ArrayList<>();

  /// Ids of deliveries that wait no more.
  final List<String> settled = new ArrayList<>();

  /// Of all deliveries that ended.
  final List<String> ids = new ArrayList<>();

  /// How many of the stream the place moved over.
  int passed;

  @Nullable SwitchedOff off;

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

  Entry entry(Progress progress, Webhook webhook) {
    SwitchedOff reason = off;
    Ending ending =
        reason == null
            ? null
            : new Ending(
                reason, Notices.id(webhook, reason), Notices.TYPE, Notices.body(webhook, reason));
    return new Entry(
        progress, List.copyOf(attempts), List.copyOf(waiting), List.copyOf(settled), ending);
  }
}
