package io.openqpr;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.store.Store;
import java.util.ArrayList;
import java.util.List;

/// Which store there is, and what it counts, as operators see it.
final class Stores {

  private Stores() {}

  static Store open(Disk disk, DataDirectory data, Settings settings) {
    PostgresUrl postgres = settings.postgres();
    return postgres != null
        ? PostgresStore.open(postgres)
        : DuckDbStore.open(disk, data.database(), DuckDbOptions.defaults());
  }

  static List<Counter> counters(Store store) {
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
