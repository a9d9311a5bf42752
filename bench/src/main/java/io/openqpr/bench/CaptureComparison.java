package io.openqpr.bench;

import io.openqpr.bench.load.LoadGenerator;
import io.openqpr.bench.load.LoadPlan;
import io.openqpr.bench.load.LoadResult;
import io.openqpr.bench.load.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What a change costs: scans a second of the version before and of this one, in turns, each with a
/// store of its own, beside the bare server.
final class CaptureComparison {

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private final Duration measured;
  private final int rounds;

  private CaptureComparison(boolean quick) {
    measured = Duration.ofSeconds(quick ? 3 : 6);
    rounds = quick ? 2 : 5;
  }

  /// @param before the jar of the other version
  static void run(boolean quick, String before) throws IOException, InterruptedException {
    var comparison = new CaptureComparison(quick);
    try (TempDir old = TempDir.create();
        TempDir young = TempDir.create();
        Child bare = Child.bareServer();
        Child then = Child.openQpr(before, old.path(), Main.DUCKDB);
        Child now = Child.openQpr(young.path(), Main.DUCKDB)) {
      comparison.compare(bare, then, now);
    }
  }

  private void compare(Child bare, Child then, Child now) throws IOException, InterruptedException {
    List<byte[]> toThen = ScanRequests.ofNewCodes(new Api(then.url()));
    List<byte[]> toNow = ScanRequests.ofNewCodes(new Api(now.url()));
    for (int i = 0; i < 3; i++) { // until all of them are compiled
      rate(bare, 64, toNow);
      rate(then, 64, toThen);
      rate(now, 64, toNow);
    }
    System.out.println("| connections | bare 302/s | before | now | now / before |");
    System.out.println("| --: | --: | --: | --: | --: |");
    for (int connections : new int[] {16, 64, 256, 1_000}) {
      double bareRate = 0;
      double thenRate = 0;
      double nowRate = 0;
      for (int round = 0; round < rounds; round++) {
        bareRate += rate(bare, connections, toNow) / rounds;
        thenRate += rate(then, connections, toThen) / rounds;
        nowRate += rate(now, connections, toNow) / rounds;
      }
      System.out.printf(
          "| %,d | %,.0f | %,.0f (%.2f) | %,.0f (%.2f) | %.2f |%n",
          connections,
          bareRate,
          thenRate,
          thenRate / bareRate,
          nowRate,
          nowRate / bareRate,
          nowRate / thenRate);
    }
  }

  private double rate(Child server, int connections, List<byte[]> requests) throws IOException {
    LoadResult result =
        LoadGenerator.run(
            new LoadPlan(
                server.address(), connections, WARM_UP, measured, new Pace.Saturate(), requests));
    if (result.failed() + result.refused() > 0) {
      throw new IOException(result.failed() + " failed, " + result.refused() + " refused");
    }
    return result.perSecond();
  }
}
