package io.openqpr.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// Lines of NDJSON a second that `POST /v1/scans/import` brings in, from the request's first byte
/// to the answer's last: a year of scans of a hundred codes, into an empty store and again behind
/// it.
final class ImportBenchmark {

  private static final int CODES = 100;
  private static final Duration YEAR = Duration.ofDays(365);
  private static final String[] COUNTRIES = {"DE", "US", "JP", "FR", "GB", "IT", "ES"};

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final int lines;

  private ImportBenchmark(int lines) {
    this.lines = lines;
  }

  static void run(boolean quick, String store) throws IOException, InterruptedException {
    try (TempDir data = TempDir.create();
        TempDir files = TempDir.create();
        Child server = Child.openQpr(data.path(), store)) {
      var benchmark = new ImportBenchmark(quick ? 300_000 : 2_000_000);
      benchmark.measure(new Api(server.url()), files.path());
    }
  }

  private void measure(Api api, Path files) throws IOException, InterruptedException {
    ScanRequests.ofNewCodes(api);
    List<String> codes = ScanRequests.codes(api, CODES);
    System.out.println("| import | lines | lines/s |\n| --- | --: | --: |");
    for (String name : List.of("first", "second", "third")) {
      Path file = files.resolve(name + ".ndjson");
      write(file, name, codes);
      long began = System.nanoTime();
      String answer = api.postFile("/v1/scans/import", "application/x-ndjson", file);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (Long.parseLong(Api.field(answer, "imported")) != lines) {
        throw new IOException(answer);
      }
      System.out.printf("| %s | %,d | %,.0f |%n", name, lines, lines / seconds);
      Files.delete(file);
    }
  }

  private void write(Path file, String prefix, List<String> codes) throws IOException {
    Instant begin = Instant.now().minus(YEAR);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < lines; i++) {
        out.write(
            """
            {"id":"%s%d","qpr_code_id":"%s","scanned_at":"%s","country":"%s"}
            """
                .formatted(
                    prefix,
                    i,
                    codes.get(random.nextInt(codes.size())),
                    begin.plusMillis(YEAR.toMillis() / lines * i),
                    COUNTRIES[random.nextInt(COUNTRIES.length)]));
      }
    }
  }
}
