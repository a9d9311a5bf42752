package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is asked of an account's scans: that it adds up, and that each number can be listed.
class QuestionsTest {

  private static final String NOW = "2026-03-20T15:30:00Z";

  @TempDir private static Path directory;
  private static MovableClock clock;

  /// How far behind [#NOW] the newest scan is, in seconds.
  private static int later = 10;

  private static TestServer server;
  private static String code;

  @BeforeAll
  static void start() {
    clock = new MovableClock(NOW);
    server = TestServer.at(clock, directory);
    code = server.createCode("door").get("id").stringValue();
    String other = server.createCode("hall").get("id").stringValue();
    var random = new Random(3);
    var lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append(line(i, i % 3 == 0 ? other : code, random)).append('\n');
    }
    JsonNode report = new ScansToImport(server, code).imported(ScansToImport.NDJSON, "" + lines);
    assertThat(report.get("imported").intValue()).isEqualTo(300);
  }

  private static String line(int i, String of, Random random) {
    boolean started = random.nextInt(3) > 0;
    return """
    {"id":"q%d","qpr_code_id":"%s","scanned_at":"%s","country":%s,"city":%s,"device":"%s",\
    "language":"%s","conversation_started":%s,"conversation_messages":%d,\
    "metadata":{"floor":%d},"params":{"utm_source":"%s"}}\
    """
        .formatted(
            i,
            of,
            Instant.parse(NOW).minusSeconds(random.nextInt(40 * 86_400)),
            List.of("\"DE\"", "\"AT\"", "\"US\"", "null").get(random.nextInt(4)),
            List.of("\"Berlin\"", "\"none\"", "null").get(random.nextInt(3)),
            random.nextBoolean() ? "mobile" : "desktop",
            List.of("de", "de-AT", "en").get(random.nextInt(3)),
            started,
            started ? random.nextInt(15) : 0,
            random.nextInt(15),
            "s" + random.nextInt(13));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "period=30d",
        "period=7d&country.not=DE",
        "period=all&conversation=started",
        "period=today",
        "period=yesterday&timezone=Asia/Kathmandu",
        "period=24h&granularity=hour",
        "period=mtd&granularity=week&timezone=America/New_York",
        "period=ytd&granularity=month&messages.min=2",
        "period=12mo&granularity=quarter&city.is=none",
        "since=2026-03-01&until=2026-03-10&granularity=auto&hour=7,8,9,20&timezone=Europe/Berlin",
        "since=2026-02-20T11:17:00Z&granularity=year&weekday.not=7&language=de",
        "until=2026-03-15&params.utm_source.starts=s1",
      })
  void everythingAddsUpAndCanBeListed(String question) {
    String asked =
        question
            + "&expand=question&funnel=true&breakdowns=country,city,device,language,metadata.floor,"
            + "params.utm_source,conversation,messages,hour,weekday";
    for (String path : List.of("/v1/analytics", "/v1/qpr-codes/" + code + "/analytics")) {
      JsonNode answer = server.json(path + "?" + asked);
      long total = answer.get("scans_total").longValue();
      assertThat(sum(answer.get("timeseries"))).as("%s: %s", path, answer).isEqualTo(total);
      listed(answer.get("list"), total);
      for (JsonNode breakdown : answer.get("breakdowns")) {
        addsUp(breakdown, total);
        for (JsonNode row : breakdown.get("rows")) {
          listed(row.get("list"), row.get("scans").longValue());
        }
        listed(breakdown.get("unknown").get("list"), breakdown.get("unknown").get("scans"));
        listed(breakdown.get("other").get("list"), breakdown.get("other").get("scans"));
      }
      for (JsonNode stage : answer.get("funnel")) {
        listed(stage.get("list"), stage.get("scans"));
      }
      assertThat(answer.get("as_of").stringValue()).isEqualTo(NOW);
    }
  }

  private static void addsUp(JsonNode breakdown, long total) {
    long scans =
        sum(breakdown.get("rows"))
            + breakdown.get("unknown").get("scans").longValue()
            + breakdown.get("other").get("scans").longValue();
    assertThat(scans).as("%s", breakdown).isEqualTo(total);
    assertThat(breakdown.get("total").get("scans").longValue()).isEqualTo(total);
  }

  private static long sum(JsonNode rows) {
    long scans = 0;
    for (JsonNode row : rows) {
      scans += row.get("scans").longValue();
    }
    return scans;
  }

  private static void listed(JsonNode list, JsonNode number) {
    listed(list, number.longValue());
  }

  private static void listed(JsonNode list, long number) {
    if (!list.isNull()) {
      assertThat(server.json(list.stringValue() + "&limit=1").get("total").longValue())
          .as("%s", list)
          .isEqualTo(number);
    }
  }

  /// Were its parts asked one by one, a scan between two of them would make them differ.
  @Test
  void everythingIsOfOneMomentWhileScansArrive() throws InterruptedException {
    var enough = new AtomicBoolean();
    JsonNode door = server.json("/v1/qpr-codes/" + code);
    Thread people =
        Thread.ofVirtual()
            .start(() -> {
              while (!enough.get()) {
                server.visit(door);
              }
            });
    var totals = new HashSet<Long>();
    try {
      for (int i = 0; i < 40; i++) {
        JsonNode answer =
            server.json("/v1/analytics?period=90d&breakdowns=country,device,os,hour&funnel=true");
        long total = answer.get("scans_total").longValue();
        totals.add(total);
        assertThat(sum(answer.get("timeseries"))).isEqualTo(total);
        answer.get("breakdowns").forEach(breakdown -> addsUp(breakdown, total));
        assertThat(answer.get("funnel").get(0).get("scans").longValue()).isEqualTo(total);
      }
    } finally {
      enough.set(true);
      people.join();
    }
    assertThat(totals).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"country,device", "params.utm_source", "metadata.floor,city", "qpr_code_id"})
  void pagesOfABreakdownHaveEachRowOnceWhileScansArrive(String by) {
    String first = "/v1/analytics/breakdown?period=all&sort=messages&limit=90&by=" + by;
    var whole = new ArrayList<String>();
    server
        .json(first)
        .get("rows")
        .forEach(row -> whole.add(row.toString().replaceAll("list.*", "")));
    var walked = new ArrayList<String>();
    String cursor = "";
    while (true) {
      JsonNode page = server.json(first.replace("=90", "=3") + cursor);
      addsUp(page, page.get("total").get("scans").longValue());
      page.get("rows").forEach(row -> walked.add(row.toString().replaceAll("list.*", "")));
      if (page.get("next_cursor").isNull()) {
        break;
      }
      cursor = "&cursor=" + page.get("next_cursor").stringValue();
      clock.set(Instant.parse(NOW).plusSeconds(++later).toString());
      server.visit(server.createCode("more"));
    }
    clock.set(NOW);
    assertThat(walked).isEqualTo(whole).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "today | elapsed | 2026-03-19T00:00:00Z | 2026-03-19T15:30:00Z",
        "today | weekday | 2026-03-13T00:00:00Z | 2026-03-13T15:30:00Z",
        "yesterday | elapsed | 2026-03-18T00:00:00Z | 2026-03-19T00:00:00Z",
        "24h | elapsed | 2026-03-18T15:30:00Z | 2026-03-19T15:30:00Z",
        "7d | elapsed | 2026-03-07T00:00:00Z | 2026-03-13T15:30:00Z",
        "30d | weekday | 2026-01-15T00:00:00Z | 2026-02-13T15:30:00Z",
        "mtd | elapsed | 2026-02-01T00:00:00Z | 2026-02-20T15:30:00Z",
        "ytd | elapsed | 2025-01-01T00:00:00Z | 2025-03-20T15:30:00Z",
      })
  void aComparisonLooksBackToTheSameTime(String period, String align, String since, String until) {
    String query = "/v1/analytics?compare=previous&period=" + period + "&compare_align=" + align;
    JsonNode answer = server.json(query);
    JsonNode other = answer.get("comparison");
    assertThat(other.get("since").stringValue()).isEqualTo(since);
    assertThat(other.get("until").stringValue()).isEqualTo(until);
    assertThat(sum(other.get("timeseries"))).isEqualTo(other.get("scans_total").longValue());
    listed(other.get("list"), other.get("scans_total"));
    JsonNode same = server.json("/v1/analytics?since=" + since + "&until=" + until);
    assertThat(other.get("scans_total")).isEqualTo(same.get("scans_total"));
    assertThat(other.get("conversation_rate")).isEqualTo(same.get("conversation_rate"));
    long now = answer.get("scans_total").longValue();
    long then = other.get("scans_total").longValue();
    JsonNode change = other.get("change").get("scans_total");
    if (then == 0) {
      assertThat(change.isNull()).isTrue();
    } else {
      assertThat(change.doubleValue()).isEqualTo(Math.round(1_000.0 * (now - then) / then) / 10.0);
    }
  }

  @Test
  void cutBucketsSaySo() {
    JsonNode weeks =
        server
            .json("/v1/analytics?since=2026-03-03&until=2026-03-16&granularity=week")
            .get("timeseries");
    assertThat(weeks).hasSize(2);
    assertThat(weeks.get(0).get("partial").booleanValue()).isTrue();
    assertThat(weeks.get(1).has("partial")).isFalse();
  }

  @Test
  void whatSomebodyHasIsNotSentAgain() {
    for (String query :
        List.of("period=7d", "period=7d&expand=question", "period=mtd&compare=year")) {
      HttpResponse<String> first = server.get("/v1/analytics?" + query);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      clock.set("2026-03-20T15:30:07Z");
      var again = server.request("/v1/analytics?" + query).header("If-None-Match", tag);
      HttpResponse<String> second = server.send(again);
      assertThat(second.statusCode()).isEqualTo(304);
      assertThat(second.body()).isEmpty();
      server.visit(TestServer.parse(server.get("/v1/qpr-codes/" + code)));
      assertThat(server.send(again).statusCode()).isEqualTo(200);
      clock.set(NOW);
    }
  }
}
