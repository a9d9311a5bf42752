package io.openqpr.capture.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.DeviceKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import ua_parser.Parser;

/// User agents that are made to be slow. Work is counted in characters that patterns look at, which
/// no machine and no neighbour changes.
class HostileAgentsTest {

  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

  private static final int HEADER_BYTES = 16 * 1024;

  private static final Agent SOME = new Agent(DeviceKind.MOBILE, null, null, null, null);

  /// What the rules of the list look for, over and over, with what leads a rule into its depths.
  private static Stream<String> hostile() {
    List<String> parts =
        List.of(
            " ",
            "; ",
            "a",
            "1.",
            "HTC_",
            "htc ",
            "iPad",
            "MSIE ",
            "LG-",
            "bot",
            "crawler",
            "Scrapy",
            "Mobile ",
            "Version/",
            "Android ",
            "Opera/",
            "SLN",
            "RSS",
            "Spider",
            "Build/",
            "(",
            "/",
            "Linux; U; ",
            "CFNetwork/",
            "facebookexternalhit",
            "tv",
            "Tablet; ",
            "-",
            "_",
            "\t");
    return Stream.of("", "Mozilla/5.0 (Linux; Android 9; ")
        .flatMap(beginning ->
            parts.stream().map(part -> beginning + part.repeat(HEADER_BYTES / part.length())));
  }

  @Test
  void theWorkForAnAgentIsBoundedHoweverItIsMade() throws IOException {
    List<Pattern> patterns = patterns();
    long ofPhone = work(patterns, PHONE);
    hostile()
        .map(text -> text.substring(0, Agents.MOST_READ))
        .forEach(text ->
            assertThat(work(patterns, text)).as(text.substring(0, 50)).isLessThan(10 * ofPhone));
  }

  @Test
  void noAgentIsTooLongOrTooDeep() {
    var agents = new Agents();
    hostile().forEach(text -> assertThat(agents.of(text)).isNotNull());
  }

  @Test
  void onlyTheBeginningIsRead() {
    var read = new ArrayList<String>();
    var agents =
        new Agents(
            1,
            Duration.ofSeconds(30),
            text -> {
              read.add(text);
              return SOME;
            });
    String long0 = "a".repeat(HEADER_BYTES);
    agents.of(long0);
    agents.of(long0 + "b");
    assertThat(read).containsExactly("a".repeat(Agents.MOST_READ));
  }

  @Test
  void whoeverSendsAKnownAgentDoesNotWaitForNewOnes() throws Exception {
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    var begun = new Semaphore(0);
    var end = new CountDownLatch(1);
    var agents =
        new Agents(
            2,
            Duration.ofSeconds(60),
            text -> {
              if (!text.equals(PHONE)) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                begun.release();
                awaitUninterrupted(end);
                atOnce.decrementAndGet();
              }
              return SOME;
            });
    agents.of(PHONE);
    try (var strangers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<CompletableFuture<Agent>>();
      for (int i = 0; i < 50; i++) {
        String text = "stranger " + i;
        answers.add(CompletableFuture.supplyAsync(() -> agents.of(text), strangers));
      }
      begun.acquire(2);
      assertThat(agents.of(PHONE)).isSameAs(SOME);
      end.countDown();
      answers.forEach(CompletableFuture::join);
    }
    assertThat(most).hasValue(2);
    assertThat(agents.refused()).isZero();
  }

  @Test
  void aNewAgentWhoseTurnDoesNotComeIsRefusedAndCounted() throws Exception {
    var end = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var agents =
        new Agents(
            1,
            Duration.ofMillis(1),
            text -> {
              begun.countDown();
              awaitUninterrupted(end);
              return SOME;
            });
    var first = Thread.ofVirtual().start(() -> agents.of("first"));
    begun.await();
    assertThatThrownBy(() -> agents.of("second")).isInstanceOf(TooManyAgentsException.class);
    assertThat(agents.refused()).isEqualTo(1);
    end.countDown();
    first.join();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Pattern> patterns() throws IOException {
    var patterns =
        new ArrayList<>(
            List.of(Devices.OTHERS, Devices.TABLETS, Devices.PHONES, Devices.HARMONY_PC));
    try (InputStream rules = Parser.class.getResourceAsStream("/ua_parser/regexes.yaml")) {
      Map<String, List<Map<String, String>>> lists = new Yaml().load(rules);
      for (List<Map<String, String>> list : lists.values()) {
        for (Map<String, String> rule : list) {
          int flags = "i".equals(rule.get("regex_flag")) ? Pattern.CASE_INSENSITIVE : 0;
          patterns.add(Pattern.compile(rule.get("regex"), flags));
        }
      }
    }
    for (String list : List.of("our-bots.tsv", "bots.tsv")) {
      try (var lines =
          new BufferedReader(
              new InputStreamReader(
                  BotList.class.getResourceAsStream(list), StandardCharsets.UTF_8))) {
        lines
            .lines()
            .filter(line -> !line.startsWith("#"))
            .forEach(line -> patterns.add(Pattern.compile(line.split("\t")[2])));
      }
    }
    return patterns;
  }

  private static long work(List<Pattern> patterns, String text) {
    var counted = new Counted(text);
    for (Pattern pattern : patterns) {
      pattern.matcher(counted).find();
    }
    return counted.looks;
  }

  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
