package io.openqpr.bench;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.bench.load.LoadGenerator;
import io.openqpr.bench.load.LoadPlan;
import io.openqpr.bench.load.LoadResult;
import io.openqpr.bench.load.Pace;
import io.openqpr.bench.load.ScanIds;
import io.openqpr.platform.config.PostgresUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/// `GET /s/{short_id}` under load, beside a bare server in the same run: the highest rate at
/// several numbers of connections, the latency at a steady rate, and at the end whether the store
/// holds exactly the scans whose redirects were received.
final class CaptureBenchmark {

  private static final int STEADY_PER_SECOND = 5_000;

  private final Duration warmUp;
  private final Duration measured;
  private final int rounds;
  private final String store;
  private final ScanIds acknowledged = new ScanIds();

  private CaptureBenchmark(boolean quick, String store) {
    this.store = store;
    warmUp = Duration.ofSeconds(quick ? 2 : 4);
    measured = Duration.ofSeconds(quick ? 3 : 8);
    rounds = quick ? 1 : 2;
  }

  static void run(boolean quick, String store)
      throws IOException, InterruptedException, SQLException {
    new CaptureBenchmark(quick, store).run();
  }

  private void run() throws IOException, InterruptedException, SQLException {
    try (TempDir data = TempDir.create()) {
      try (Child bare = Child.bareServer();
          Child openQpr = Child.openQpr(data.path(), store)) {
        System.out.println("OpenQPR after its start: " + openQpr.residentMiB() + " MiB resident");
        List<byte[]> requests = ScanRequests.ofNewCodes(new Api(openQpr.url()));
        warm(bare, openQpr, requests);
        compareRates(bare, openQpr, requests);
        compareLatencies(bare, openQpr, requests);
        System.out.println("\nOpenQPR at the end: " + openQpr.residentMiB() + " MiB resident");
      }
      verify(data.path());
    }
  }

  private void warm(Child bare, Child openQpr, List<byte[]> requests) throws IOException {
    load(bare, 64, new Pace.Saturate(), requests);
    load(openQpr, 64, new Pace.Saturate(), requests);
  }

  private void compareRates(Child bare, Child openQpr, List<byte[]> requests)
      throws IOException, InterruptedException {
    System.out.println("\nHighest rate (each connection sends as soon as it has its answer)\n");
    System.out.println(
        "| connections | bare 302/s | scans/s | ratio | scans a sync | store commits/s | refused |");
    System.out.println("| --: | --: | --: | --: | --: | --: | --: |");
    var api = new Api(openQpr.url());
    for (int connections : new int[] {16, 64, 256, 1_000}) {
      double bareRate = 0;
      double rate = 0;
      long refused = 0;
      long events = -api.counter("openqpr_events_total");
      long syncs = -api.counter("openqpr_journal_syncs_total");
      long commits = -api.counter("openqpr_store_transactions_total");
      for (int round = 0; round < rounds; round++) {
        bareRate += load(bare, connections, new Pace.Saturate(), requests).perSecond() / rounds;
        LoadResult result = load(openQpr, connections, new Pace.Saturate(), requests);
        rate += result.perSecond() / rounds;
        refused += result.refused();
      }
      events += api.counter("openqpr_events_total");
      syncs += api.counter("openqpr_journal_syncs_total");
      commits += api.counter("openqpr_store_transactions_total");
      double seconds = rounds * warmUp.plus(measured).toMillis() / 1e3;
      System.out.printf(
          "| %,d | %,.0f | %,.0f | %.2f | %.1f | %.1f | %d |%n",
          connections,
          bareRate,
          rate,
          rate / bareRate,
          (double) events / syncs,
          commits / seconds,
          refused);
    }
  }

  private void compareLatencies(Child bare, Child openQpr, List<byte[]> requests)
      throws IOException {
    System.out.printf(
        "%nLatency at a steady %,d a second, 256 connections, from when each request was due%n%n",
        STEADY_PER_SECOND);
    System.out.println("| | answered/s | p50 ms | p99 ms | p99.9 ms | max ms |");
    System.out.println("| --- | --: | --: | --: | --: | --: |");
    var pace = new Pace.Steady(STEADY_PER_SECOND);
    print("bare", load(bare, 256, pace, requests));
    print("OpenQPR", load(openQpr, 256, pace, requests));
  }

  private static void print(String name, LoadResult result) {
    Histogram latency = result.latencyMicros();
    System.out.printf(
        "| %s | %,.0f | %.2f | %.2f | %.2f | %.2f |%n",
        name,
        result.perSecond(),
        latency.getValueAtPercentile(50) / 1e3,
        latency.getValueAtPercentile(99) / 1e3,
        latency.getValueAtPercentile(99.9) / 1e3,
        latency.getMaxValue() / 1e3);
  }

  private LoadResult load(Child server, int connections, Pace pace, List<byte[]> requests)
      throws IOException {
    LoadResult result =
        LoadGenerator.run(
            new LoadPlan(server.address(), connections, warmUp, measured, pace, requests));
    if (result.failed() > 0) {
      throw new IOException(result.failed() + " requests failed");
    }
    acknowledged.addAll(result.scans());
    return result;
  }

  /// The server is closed: its file holds all it ever said yes to.
  private void verify(Path data) throws SQLException {
    Set<Ulid> missing = acknowledged.toSet();
    long distinct = missing.size();
    long stored = 0;
    long strange = 0;
    try (var connection = connect(data)) {
      connection.setAutoCommit(false); // so that PostgreSQL hands rows over in parts
      var statement = connection.createStatement();
      statement.setFetchSize(10_000);
      var rows = statement.executeQuery("select id from scans");
      while (rows.next()) {
        stored++;
        if (!missing.remove(Ulid.from(rows.getString(1).substring("scan_".length())))) {
          strange++;
        }
      }
    }
    System.out.printf(
        "%nRedirects received: %,d; scans stored: %,d; missing: %,d; stored twice or never answered: %,d%n",
        distinct, stored, missing.size(), strange);
    if (!missing.isEmpty() || strange > 0) {
      System.exit(1);
    }
  }

  private Connection connect(Path data) throws SQLException {
    if (store.equals(Main.DUCKDB)) {
      return DriverManager.getConnection("jdbc:duckdb:" + data.resolve("openqpr.duckdb"));
    }
    PostgresUrl url = PostgresUrl.parse(store);
    return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
  }
}
