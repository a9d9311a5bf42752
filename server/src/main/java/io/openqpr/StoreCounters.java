package io.openqpr;

import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.store.Store;
import java.util.ArrayList;
import java.util.List;

/// What the store counts, as operators see it.
final class StoreCounters {

  private StoreCounters() {}

  static List<Counter> of(Store store) {
    var counters = new ArrayList<Counter>();
    counters.add(
        new Counter(
            "openqpr_changes_heard_total",
            "Changes of codes, keys and rules heard from the store's servers.",
            store.changes()::heard));
    counters.add(
        new Counter(
            "openqpr_changes_lost_total",
            "How often the connection that hears of changes was lost.",
            store.changes()::lost));
    store
        .busy()
        .forEach((lane, value) ->
            counters.add(
                new Counter(
                    "openqpr_store_busy_total",
                    "lane=\"" + lane + "\"",
                    "Statements that the store had no room or time for, by lane.",
                    value)));
    return counters;
  }
}
