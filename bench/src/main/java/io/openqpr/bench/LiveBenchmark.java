package io.openqpr.bench;

import io.openqpr.bench.load.LoadGenerator;
import io.openqpr.bench.load.LoadPlan;
import io.openqpr.bench.load.LoadResult;
import io.openqpr.bench.load.Pace;
import io.openqpr.bench.load.ScanIds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Readers of the live stream: how soon one sees a scan, and what many of them cost those who scan.
/// Each reads of one code, as its owner's screen does; one of them reads all.
final class LiveBenchmark {

  private static final int READERS = 500;
  private static final int PER_SECOND = 500;

  private final Child server;
  private final Api api;
  private final List<byte[]> requests;
  private final Duration measured;
  private final int rounds;

  LiveBenchmark(Child server, Api api, List<byte[]> requests, boolean quick) {
    this.server = server;
    this.api = api;
    this.requests = requests;
    this.measured = Duration.ofSeconds(quick ? 5 : 20);
    this.rounds = quick ? 2 : 5;
  }

  void run() throws IOException, InterruptedException {
    List<String> codes = ScanRequests.codes(api, READERS);
    soonness(codes);
    capture(codes);
  }

  private void soonness(List<String> codes) throws IOException, InterruptedException {
    try (var others = LiveReaders.of(server, codes);
        var all = LiveReaders.ofAll(server)) {
      ScanIds scans = load(16, measured, new Pace.Steady(PER_SECOND)).scans();
      Waits.until(() -> all.size() >= scans.size(), Duration.ofMinutes(1), "every scan streamed");
      System.out.printf(
          "%nFrom the redirect until it is on the stream, at %,d scans a second and with %d other readers%n%n| p50 ms | p99 ms | max ms |%n| --: | --: | --: |%n",
          PER_SECOND, others.count());
      WebhookBenchmark.print("", WebhookBenchmark.delays(scans, all.take()));
    }
  }

  private void capture(List<String> codes) throws IOException, InterruptedException {
    System.out.printf(
        "%nWhat %d readers cost those who scan: the highest rate, in turns%n%n| connections | without | with | ratio |%n| --: | --: | --: | --: |%n",
        READERS);
    for (int connections : new int[] {64, 256}) {
      double without = 0;
      double with = 0;
      for (int round = 0; round < rounds; round++) {
        without += load(connections, measured.dividedBy(4), new Pace.Saturate()).perSecond();
        try (var readers = LiveReaders.of(server, codes)) {
          with += load(connections, measured.dividedBy(4), new Pace.Saturate()).perSecond();
        }
      }
      System.out.printf(
          "| %d | %,.0f | %,.0f | %.2f |%n",
          connections, without / rounds, with / rounds, with / without);
    }
  }

  private LoadResult load(int connections, Duration time, Pace pace) throws IOException {
    return LoadGenerator.run(
        new LoadPlan(server.address(), connections, Duration.ZERO, time, pace, requests));
  }
}
