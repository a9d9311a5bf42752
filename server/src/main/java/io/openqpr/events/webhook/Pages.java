package io.openqpr.events.webhook;

import io.openqpr.storage.store.DeliveryStore.Progress;
import io.openqpr.storage.store.Webhook;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a ledger has to tell the store: what is on its way there, and what came since. Guarded by
/// its ledger.
final class Pages {

  /// Begun and not written down yet, at most: what a dying server has sent twice.
  static final int WINDOW = 1_000;

  /// Ids of deliveries that are under way, or whose end is not written down.
  private final Set<String> busy = new HashSet<>();

  private LedgerPage page = new LedgerPage();
  private @Nullable LedgerPage writing;

  /// Of the stream.
  private int unwritten;

  LedgerPage page() {
    return page;
  }

  boolean isFull() {
    return unwritten >= WINDOW;
  }

  boolean isBusy(String delivery) {
    return busy.contains(delivery);
  }

  void busy(String delivery) {
    busy.add(delivery);
  }

  void idle(String delivery) {
    busy.remove(delivery);
  }

  void begun(String delivery) {
    busy.add(delivery);
    unwritten++;
  }

  /// Whether the store knows all that waits beside the stream.
  boolean areKnownBeside() {
    return writing == null && page.waiting.isEmpty() && page.settled.isEmpty();
  }

  boolean areDue(Urgency least) {
    return !page.isEmpty() && urgency().compareTo(least) <= 0;
  }

  private Urgency urgency() {
    if (page.off != null || unwritten >= WINDOW / 2) {
      return Urgency.NOW;
    }
    return page.isOfSuccesses() ? Urgency.LATER : Urgency.SOON;
  }

  boolean areBeingWritten() {
    return writing != null;
  }

  LedgerPage.Written take(Progress progress, Webhook webhook) {
    var taken = page;
    writing = taken;
    page = new LedgerPage();
    return new LedgerPage.Written(taken, progress, webhook);
  }

  void written() {
    LedgerPage done = writing;
    if (done != null) {
      unwritten -= done.passed;
      done.ids.forEach(busy::remove);
      writing = null;
    }
  }

  /// It is the beginning of the next.
  void notWritten() {
    LedgerPage kept = writing;
    if (kept != null) {
      kept.add(page);
      page = kept;
      writing = null;
    }
  }
}
