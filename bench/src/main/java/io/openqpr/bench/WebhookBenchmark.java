package io.openqpr.bench;

import com.github.f4b6a3.ulid.Ulid;
import io.openqpr.bench.load.LoadGenerator;
import io.openqpr.bench.load.LoadPlan;
import io.openqpr.bench.load.LoadResult;
import io.openqpr.bench.load.Pace;
import io.openqpr.bench.load.ScanIds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Telling others of scans. The receiver, the load and the server share the machine: rates are
/// given beside those of a client that only posts to the same receiver.
final class WebhookBenchmark {

  private static final int PER_SECOND = 500;
  private static final int PER_SECOND_TO_MANY = 20;
  private static final int NEIGHBOURS = 50;
  private static final int EVENT_BYTES = 800;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String OFF = "{\"active\": false}";
  private static final Duration NONE = Duration.ZERO;

  private final Child server;
  private final Receiver receiver;
  private final Api api;
  private final List<byte[]> requests;
  private final boolean quick;
  private final Duration measured;
  private final int rounds;
  private final int missedScans;

  private WebhookBenchmark(Child server, Receiver receiver, boolean quick)
      throws IOException, InterruptedException {
    this.server = server;
    this.receiver = receiver;
    this.api = new Api(server.url());
    this.requests = ScanRequests.ofNewCodes(api);
    this.quick = quick;
    this.measured = Duration.ofSeconds(quick ? 5 : 20);
    this.rounds = quick ? 2 : 5;
    this.missedScans = quick ? 60_000 : 720_000; // an hour at 200 a second
  }

  /// @param only one part's name; empty for all
  static void run(boolean quick, String store, String only)
      throws IOException, InterruptedException {
    try (TempDir data = TempDir.create();
        Receiver receiver = new Receiver();
        Child server = Child.openQprWithWebhooks(data.path(), store)) {
      var benchmark = new WebhookBenchmark(server, receiver, quick);
      benchmark.warmUp();
      for (Part part : Part.values()) {
        if (only.isEmpty() || part.name().equalsIgnoreCase(only)) {
          benchmark.run(part);
        }
      }
    }
  }

  private enum Part {
    SOONNESS,
    RATES,
    NEIGHBOURS,
    CAPTURE,
    LIVE,
    OUTAGE
  }

  private void run(Part part) throws IOException, InterruptedException {
    switch (part) {
      case SOONNESS -> soonness();
      case RATES -> rates();
      case NEIGHBOURS -> neighbours();
      case CAPTURE -> capture();
      case LIVE -> new LiveBenchmark(server, api(server), requests, quick).run();
      case OUTAGE -> outage();
    }
  }

  private static Api api(Child server) {
    return new Api(server.url());
  }

  private void warmUp() throws IOException, InterruptedException {
    String webhook = create(receiver.url(), "");
    load(64, Duration.ofSeconds(5), new Pace.Saturate());
    load(16, Duration.ofSeconds(5), new Pace.Steady(PER_SECOND));
    api.delete("/v1/webhooks/" + webhook);
    receiver.take();
  }

  private String create(String url, String more) throws IOException, InterruptedException {
    String body =
        """
        {"url": "%s", "events": ["scan.created"]%s}\
        """
            .formatted(url, more);
    return Api.field(api.post("/v1/webhooks", body), "id");
  }

  private LoadResult load(int connections, Duration time, Pace pace) throws IOException {
    LoadResult result =
        LoadGenerator.run(new LoadPlan(server.address(), connections, NONE, time, pace, requests));
    if (result.failed() + result.refused() > 0) {
      throw new IOException(result.failed() + " failed, " + result.refused() + " refused");
    }
    return result;
  }

  private void soonness() throws IOException, InterruptedException {
    String webhook = create(receiver.url(), "");
    ScanIds scans = load(16, measured, new Pace.Steady(PER_SECOND)).scans();
    Waits.until(() -> receiver.size() >= scans.size(), PATIENCE, "every scan told");
    System.out.printf(
        "%nFrom the redirect until the first attempt is there, at %,d scans a second%n%n| p50 ms | p99 ms | max ms |%n| --: | --: | --: |%n",
        PER_SECOND);
    print("", delays(scans, receiver.take()));
    api.delete("/v1/webhooks/" + webhook);
  }

  /// Of each time that a scan was told.
  static Histogram delays(ScanIds scans, ScanIds told) {
    var micros = new Histogram(3);
    Map<Ulid, Long> answered = scans.times();
    told.each((id, came) -> {
      Long at = answered.get(id);
      if (at != null) {
        micros.recordValue(Math.max(0, (came - at) / 1_000));
      }
    });
    return micros;
  }

  static void print(String name, Histogram micros) {
    System.out.printf(
        "| %s%.1f | %.1f | %.1f |%n",
        name,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private void rates() throws IOException, InterruptedException {
    // What is compiled while it is measured is no rate.
    told("", 10, 1, false);
    System.out.println(
        "\nTo one receiver, of what happened before it was switched on\n\n| | at once | events/s | requests/s | of a bare client's | server's CPU, µs an event |\n| --- | --: | --: | --: | --: | --: |");
    rate("each by itself", 10, 1);
    rate("each by itself", 50, 1);
    rate("batches of 100", 10, 100);
  }

  private void rate(String name, int concurrency, int batch)
      throws IOException, InterruptedException {
    told(name, concurrency, batch, true);
  }

  private void told(String name, int concurrency, int batch, boolean shown)
      throws IOException, InterruptedException {
    String webhook =
        create(
            receiver.url(), ", \"concurrency\": %d, \"batch\": %d".formatted(concurrency, batch));
    api.patch("/v1/webhooks/" + webhook, OFF);
    var scans = new ScanIds();
    int wanted = batch == 1 ? missedScans / 6 : missedScans / 2;
    while (scans.size() < wanted) {
      scans.addAll(load(64, Duration.ofSeconds(1), new Pace.Saturate()).scans());
    }
    Thread.sleep(2_000); // for the store to have them all
    receiver.take();
    long requestsBefore = receiver.requests();
    long cpuBefore = server.cpuMillis();
    long began = System.nanoTime();
    api.patch("/v1/webhooks/" + webhook, "{\"active\": true}");
    Waits.until(() -> receiver.size() >= scans.size(), PATIENCE, "every scan told");
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpu = (server.cpuMillis() - cpuBefore) * 1e3 / scans.size();
    double posts = (receiver.requests() - requestsBefore) / seconds;
    api.delete("/v1/webhooks/" + webhook);
    receiver.take();
    if (!shown) {
      return;
    }
    double bare =
        BarePoster.rate(
            receiver.url(), new byte[EVENT_BYTES * batch], concurrency, Duration.ofSeconds(5));
    System.out.printf(
        "| %s | %d | %,.0f | %,.0f | %.2f | %.0f |%n",
        name, concurrency, scans.size() / seconds, posts, posts / bare, cpu);
    receiver.take();
  }

  private void neighbours() throws IOException, InterruptedException {
    var webhooks = new ArrayList<String>();
    for (int i = 0; i < NEIGHBOURS; i++) {
      webhooks.add(create(receiver.hangingUrl(), ""));
      webhooks.add(create(receiver.url(), ""));
    }
    ScanIds scans = load(16, measured, new Pace.Steady(PER_SECOND_TO_MANY)).scans();
    Waits.until(
        () -> receiver.size() >= scans.size() * NEIGHBOURS, PATIENCE, "every scan told to each");
    System.out.printf(
        "%nThe same of %d webhooks while %d others never answer, at %,d scans a second%n%n| p50 ms | p99 ms | max ms |%n| --: | --: | --: |%n",
        NEIGHBOURS, NEIGHBOURS, PER_SECOND_TO_MANY);
    print("", delays(scans, receiver.take()));
    for (String webhook : webhooks) {
      api.delete("/v1/webhooks/" + webhook);
    }
  }

  private void capture() throws IOException, InterruptedException {
    System.out.println(
        "\nWhat it costs those who scan: the highest rate with a webhook that takes all, in turns\n\n| connections | without | with one | ratio | server's CPU, µs a scan, without | with one |\n| --: | --: | --: | --: | --: | --: |");
    String webhook = create(receiver.url(), "");
    api.patch("/v1/webhooks/" + webhook, OFF);
    for (int connections : new int[] {16, 64, 256}) {
      var without = new Sum();
      var with = new Sum();
      for (int round = 0; round < rounds; round++) {
        without.add(connections);
        api.patch("/v1/webhooks/" + webhook, "{\"active\": true, \"resume_from\": \"now\"}");
        with.add(connections);
        api.patch("/v1/webhooks/" + webhook, OFF);
        Thread.sleep(1_500); // what was under way ends
      }
      System.out.printf(
          "| %d | %,.0f | %,.0f | %.2f | %.0f | %.0f |%n",
          connections,
          without.perSecond / rounds,
          with.perSecond / rounds,
          with.perSecond / without.perSecond,
          without.cpuMicrosPerScan(),
          with.cpuMicrosPerScan());
    }
    api.delete("/v1/webhooks/" + webhook);
    receiver.take();
  }

  private final class Sum {
    private double perSecond;
    private long scans;
    private long cpuMillis;

    void add(int connections) throws IOException {
      long before = server.cpuMillis();
      LoadResult result = load(connections, measured.dividedBy(4), new Pace.Saturate());
      cpuMillis += server.cpuMillis() - before;
      scans += result.scans().size();
      perSecond += result.perSecond();
    }

    double cpuMicrosPerScan() {
      return cpuMillis * 1e3 / scans;
    }
  }

  /// As many scans as an hour has, while the receiver is out of order.
  private void outage() throws IOException, InterruptedException {
    String webhook = create(receiver.url(), "");
    long before = server.liveHeapMiB();
    receiver.breakDown(true);
    var scans = new ScanIds();
    while (scans.size() < missedScans) {
      scans.addAll(load(64, Duration.ofSeconds(1), new Pace.Saturate()).scans());
    }
    long during = server.liveHeapMiB();
    receiver.breakDown(false);
    long began = System.nanoTime();
    Waits.until(
        () -> receiver.size() >= scans.size() && receiver.distinct() >= scans.size(),
        PATIENCE,
        "every missed scan told");
    double seconds = (System.nanoTime() - began) / 1e9;
    ScanIds told = receiver.take();
    System.out.printf(
        "%nAfter %,d scans while the receiver was out of order: all told within %.0f s, %,d of them twice, %,d attempts refused before; live heap %d MiB before, %d then, %d afterwards%n",
        scans.size(),
        seconds,
        told.size() - told.toSet().size(),
        receiver.refused(),
        before,
        during,
        server.liveHeapMiB());
    api.delete("/v1/webhooks/" + webhook);
  }
}
