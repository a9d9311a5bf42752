package io.openqpr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openqpr.capture.agent.Agents;
import io.openqpr.capture.visitor.DataCenters;
import io.openqpr.capture.visitor.Hit;
import io.openqpr.capture.visitor.Judge;
import io.openqpr.capture.visitor.Judgement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What it costs to tell whether a person scanned: with a user agent that was seen before, and with
/// a new one; beside an HMAC, such as every scan takes for its device key. One thread.
final class JudgeBenchmark {

  private static final int REMEMBERED = 1_000;
  private static final int NEW = 4_000;
  private static final int RANGES = 100_000;
  private static final int ROUNDS = 5;
  private static final int ROUND = 500_000;

  private static final String PHONE =
      "Mozilla/5.0 (Linux; Android %d; SM-S9%02dB) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.%d.0 Mobile Safari/537.36";
  private static final String ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8";

  private JudgeBenchmark() {}

  static void run() throws IOException {
    Path file = Files.createTempFile("ranges", ".txt");
    try {
      Files.write(file, IntStream.range(0, RANGES).mapToObj(JudgeBenchmark::range).toList());
      run(DataCenters.read(file));
    } finally {
      Files.delete(file);
    }
  }

  private static void run(DataCenters dataCenters) {
    var agents = new Agents();
    var plain = new Judge(agents, false, DataCenters.read(null));
    var withRanges = new Judge(agents, false, dataCenters);
    Mac mac = mac();
    List<Hit> hits = IntStream.range(0, REMEMBERED).mapToObj(JudgeBenchmark::hit).toList();

    double hmac = nanos(hits, hit -> mac.doFinal(hit.agent().getBytes(UTF_8))[0]);
    print("one HMAC of the agent", hmac, hmac);
    print("judging a remembered agent", nanos(hits, hit -> judged(plain, hit)), hmac);
    print("the same, with 100,000 ranges", nanos(hits, hit -> judged(withRanges, hit)), hmac);
    print("judging a new agent", newAgents(plain), hmac);
  }

  private static Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The best of some rounds: what is left then is the work, not the machine's other business.
  private static double nanos(List<Hit> hits, ToLongFunction<Hit> work) {
    double best = Double.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < ROUND; i++) {
        sum += work.applyAsLong(hits.get(i % hits.size()));
      }
      best = Math.min(best, (System.nanoTime() - start) / (double) ROUND);
    }
    return sum == 42 ? 0 : best; // so that nothing is left out as unused
  }

  private static double newAgents(Judge judge) {
    double best = Double.MAX_VALUE;
    for (int round = 1; round <= ROUNDS; round++) {
      int from = REMEMBERED + round * NEW;
      List<Hit> hits = IntStream.range(from, from + NEW).mapToObj(JudgeBenchmark::hit).toList();
      long start = System.nanoTime();
      hits.forEach(judge::judge);
      best = Math.min(best, (System.nanoTime() - start) / (double) NEW);
    }
    return best;
  }

  private static long judged(Judge judge, Hit hit) {
    return judge.judge(hit) instanceof Judgement.Person ? 1 : 0;
  }

  private static Hit hit(int i) {
    String agent = PHONE.formatted(8 + i % 9, i % 100, 80 + i % 60, i);
    return new Hit("GET", agent, address(i), ACCEPT, "en", "document", Hit.Purposes.NONE);
  }

  private static InetAddress address(int i) {
    byte[] bytes = new byte[4];
    new Random(i).nextBytes(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String range(int i) {
    return address(-1 - i).getHostAddress() + "/24";
  }

  private static void print(String what, double nanos, double hmac) {
    System.out.printf(Locale.ROOT, "%-30s %,10.0f ns  %8.2f x%n", what, nanos, nanos / hmac);
  }
}
