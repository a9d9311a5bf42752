package io.openqpr.bench;

import java.util.ArrayList;
import java.util.List;

/// Runs a benchmark from the command line.
public final class Main {

  private static final String USAGE =
      """
      usage: qpr bench capture [--quick] [--store URL]     scans a second, beside a bare server
             qpr bench analytics [--quick] [--store URL]   lists and analytics over 20 million scans
             qpr bench judge                               telling people from bots, in nanoseconds

      The store is a DuckDB file of the benchmark's own, or an empty PostgreSQL database.
      """;

  static final String DUCKDB = "duckdb";

  private Main() {}

  public static void main(String[] args) throws Exception {
    var words = new ArrayList<>(List.of(args));
    boolean quick = words.remove("--quick");
    String store = DUCKDB;
    int at = words.indexOf("--store");
    if (at >= 0 && at + 1 < words.size()) {
      store = words.remove(at + 1);
      words.remove(at);
    }
    switch (words.size() == 1 ? words.getFirst() : "") {
      case "capture" -> CaptureBenchmark.run(quick, store);
      case "analytics" -> AnalyticsBenchmark.run(quick, store);
      case "judge" -> JudgeBenchmark.run();
      default -> {
        System.err.print(USAGE);
        System.exit(64);
      }
    }
  }
}
