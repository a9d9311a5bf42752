package io.openqpr.bench;

import java.util.List;

/// Runs a benchmark from the command line.
public final class Main {

  private static final String USAGE =
      """
      usage: qpr bench capture [--quick]     scans a second, beside a bare server
             qpr bench analytics [--quick]   lists and analytics over 20 million scans
      """;

  private Main() {}

  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    boolean quick = words.contains("--quick");
    boolean known = words.size() == 1 || (words.size() == 2 && quick);
    switch (known ? words.getFirst() : "") {
      case "capture" -> CaptureBenchmark.run(quick);
      case "analytics" -> AnalyticsBenchmark.run(quick);
      default -> {
        System.err.print(USAGE);
        System.exit(64);
      }
    }
  }
}
