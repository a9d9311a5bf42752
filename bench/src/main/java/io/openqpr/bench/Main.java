package io.openqpr.bench;

import java.util.ArrayList;
import java.util.List;

/// Runs a benchmark from the command line.
public final class Main {

  private static final String USAGE =
      """
      usage: qpr bench capture [--quick] [--store URL]     scans a second, beside a bare server
             qpr bench capture --before JAR [--quick]     the same, in turns with another version of the server
             qpr bench analytics [--quick] [--scans N] [--store URL]   lists and analytics over N scans
             qpr bench import [--quick] [--store URL]      lines of a file a second
             qpr bench webhooks [--quick] [--store URL] [--only PART]   telling others of scans, beside a client that only posts
             qpr bench judge                               telling people from bots, in nanoseconds

      N is 20,000,000 or, with --quick, 1,000,000.
      A PART is one of soonness, rates, neighbours, capture, live, outage.
      The store is a DuckDB file of the benchmark's own, or an empty PostgreSQL database.
      """;

  static final String DUCKDB = "duckdb";

  private Main() {}

  public static void main(String[] args) throws Exception {
    var words = new ArrayList<>(List.of(args));
    boolean quick = words.remove("--quick");
    String store = option(words, "--store", DUCKDB);
    String before = option(words, "--before", "");
    String only = option(words, "--only", "");
    int scans = Integer.parseInt(option(words, "--scans", quick ? "1000000" : "20000000"));
    switch (words.size() == 1 ? words.getFirst() : "") {
      case "capture" -> {
        if (before.isEmpty()) {
          CaptureBenchmark.run(quick, store);
        } else {
          CaptureComparison.run(quick, before);
        }
      }
      case "analytics" -> AnalyticsBenchmark.run(scans, quick ? 100 : 500, store);
      case "import" -> ImportBenchmark.run(quick, store);
      case "webhooks" -> WebhookBenchmark.run(quick, store, only);
      case "judge" -> JudgeBenchmark.run();
      default -> {
        System.err.print(USAGE);
        System.exit(64);
      }
    }
  }

  private static String option(List<String> words, String name, String otherwise) {
    int at = words.indexOf(name);
    if (at < 0 || at + 1 >= words.size()) {
      return otherwise;
    }
    words.remove(at);
    return words.remove(at);
  }
}
