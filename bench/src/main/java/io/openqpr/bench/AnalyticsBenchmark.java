package io.openqpr.bench;

import io.openqpr.model.QprCode;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.HdrHistogram.Histogram;

/// Questions over many scans, one in twenty of them of the hot code, the others of usual codes with
/// twenty each, asked of the running server over HTTP: pages of scans, and analytics of a rare, a
/// usual and the hot code for each period.
final class AnalyticsBenchmark {

  private final int scans;
  private final int asked;
  private final String store;

  private AnalyticsBenchmark(int scans, int asked, String store) {
    this.scans = scans;
    this.asked = asked;
    this.store = store;
  }

  /// @param asked how often each question is
  static void run(int scans, int asked, String store) throws IOException, InterruptedException {
    new AnalyticsBenchmark(scans, asked, store).run();
  }

  private void run() throws IOException, InterruptedException {
    try (TempDir data = TempDir.create()) {
      Path file = data.path().resolve("openqpr.duckdb");
      Child.openQpr(data.path(), store).close(); // makes the account, and its secret
      SampleLoad.Codes codes = load(file);
      if (Files.exists(file)) {
        long bytes = Files.size(file);
        System.out.printf(
            "%n%,d scans in %,d MB, %.1f bytes a scan%n",
            scans, bytes / 1_000_000, (double) bytes / scans);
      }
      long before = System.nanoTime();
      try (Child server = Child.openQpr(data.path(), store)) {
        System.out.printf(
            "Ready after %,d ms, %d MiB resident%n",
            (System.nanoTime() - before) / 1_000_000, server.residentMiB());
        ask(new Api(server.url()), codes);
        System.out.printf("%nAfterwards %d MiB resident%n", server.residentMiB());
      }
    }
  }

  private SampleLoad.Codes load(Path file) {
    try (Store filled =
        store.equals(Main.DUCKDB)
            ? DuckDbStore.open(Disk.ofMachine(), file, DuckDbOptions.defaults())
            : PostgresStore.open(PostgresUrl.parse(store))) {
      return new SampleLoad(filled, Clock.systemUTC(), scans).run();
    }
  }

  private void ask(Api api, SampleLoad.Codes codes) throws IOException, InterruptedException {
    warmUp(api, codes);
    System.out.println("\n| question | p50 ms | p99 ms | max ms |\n| --- | --: | --: | --: |");
    analytics("rare", codes.rare(), api);
    analytics("usual", codes.usual(), api);
    analytics("hot", codes.hot(), api);
    time("page of all scans, newest", api, "/v1/scans");
    time(
        "page of all scans, cursor in the middle", api, "/v1/scans?cursor=" + codes.middleCursor());
    time(
        "page of all scans, offset 1,000,000",
        api,
        "/v1/scans?offset=" + Math.min(1_000_000, scans / 2));
    time("page of the usual code", api, "/v1/scans?qpr_code_id=" + codes.usual().ref().id().text());
    time("page of the hot code", api, "/v1/scans?qpr_code_id=" + codes.hot().ref().id().text());
    time(
        "page of the hot code, cursor in the middle",
        api,
        "/v1/scans?qpr_code_id="
            + codes.hot().ref().id().text()
            + "&cursor="
            + codes.middleCursor());
  }

  /// A server that has run for a while has its code compiled.
  private void warmUp(Api api, SampleLoad.Codes codes) throws IOException, InterruptedException {
    System.out.println("Warming up");
    for (int i = 0; i < asked; i++) {
      api.get("/v1/qpr-codes/" + codes.usual().ref().id().text() + "/analytics");
      api.get("/v1/scans");
    }
  }

  private void analytics(String kind, QprCode code, Api api)
      throws IOException, InterruptedException {
    for (String period : new String[] {"7d", "30d", "90d", "all"}) {
      String path = "/v1/qpr-codes/" + code.ref().id().text() + "/analytics?period=" + period;
      time(kind + " code, analytics " + period, api, path);
    }
  }

  private void time(String question, Api api, String path)
      throws IOException, InterruptedException {
    var micros = new Histogram(3);
    for (int i = -asked / 10; i < asked; i++) {
      long start = System.nanoTime();
      api.get(path);
      if (i >= 0) { // the first tenth warms up
        micros.recordValue((System.nanoTime() - start) / 1_000);
      }
    }
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f |%n",
        question,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3);
  }
}
