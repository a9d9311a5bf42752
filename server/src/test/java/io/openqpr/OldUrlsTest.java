package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was asked before the language of questions grew means what it meant: the answers recorded
/// then, byte for byte. Only `none` has become a word for what is not known. `-Dqpr.record=<file>`
/// writes them down instead, which nobody should need.
class OldUrlsTest {

  private static final String RECORDED = "/old-urls.txt";

  private static final List<String> FILTERS =
      List.of(
          "",
          "country=DE",
          "country=de&device=mobile",
          "region=BE",
          "city=Berlin",
          "city=T%C5%8Dky%C5%8D",
          "city=a,b",
          "device=unknown",
          "os=iOS&browser=Safari",
          "os=A,B",
          "language=de",
          "language=de-AT",
          "language=d",
          "referrer=news.example.com",
          "referrer=NEWS.example.com.",
          "params.utm_source=poster",
          "params.utm_source=a,b&params.p.table=1",
          "country=US&language=en&params.utm_source=poster",
          "country=FR");

  private static final List<String> RANGES =
      List.of(
          "",
          "since=2026-03-01",
          "until=2026-03-01T00:00:00Z",
          "since=2026-02-01T01:00:00%2B01:00&until=2026-03-10");

  private static final List<String> WINDOWS =
      List.of(
          "",
          "period=7d",
          "period=30d",
          "period=90d&granularity=week",
          "period=all",
          "period=all&granularity=week&timezone=America/New_York",
          "period=7d&granularity=hour&timezone=Asia/Kathmandu",
          "period=7d&timezone=Australia/Lord_Howe");

  private static final Map<String, List<String>> VALUES =
      new TreeMap<>(
          Map.of(
              "country", List.of("DE", "US", "JP"),
              "region", List.of("BE", "13"),
              "city", List.of("Berlin", "Tōkyō", "a,b"),
              "device", List.of("mobile", "tablet", "desktop", "unknown"),
              "os", List.of("iOS", "Android", "A,B"),
              "browser", List.of("Safari", "Chrome"),
              "language", List.of("de", "de-AT", "en", "den"),
              "referrer", List.of("news.example.com", "example.com")));

  @TempDir private static Path directory;

  @Test
  void answerAsTheyDid() throws IOException {
    Map<String, String> answers;
    try (var server = TestServer.at(new MovableClock("2026-03-20T15:30:00Z"), directory)) {
      var codes = new LinkedHashMap<String, String>();
      for (String name : List.of("a", "b", "c")) {
        var code = server.createCode(name);
        codes.put("{" + name + "}", code.get("id").stringValue());
        codes.put("{short_" + name + "}", code.get("short_id").stringValue());
        server.visit(code, "User-Agent", "curl/8.5.0");
      }
      var type = server.request("/v1/scans/import").header("Content-Type", ScansToImport.NDJSON);
      HttpResponse<String> report = server.send(type.POST(BodyPublishers.ofString(scans(codes))));
      assertThat(report.body()).contains("\"imported\":400");
      answers = answers(server, codes);
    }
    String file = System.getProperty("qpr.record", "");
    if (!file.isEmpty()) {
      write(Path.of(file), answers);
    }
    Map<String, String> recorded = recorded();
    assertThat(answers.keySet()).isEqualTo(recorded.keySet());
    recorded.forEach((url, answer) -> assertThat(answers.get(url)).as(url).isEqualTo(answer));
  }

  private static List<String> urls() {
    var urls = new ArrayList<String>();
    for (String filter : FILTERS) {
      for (String range : RANGES) {
        urls.add("/v1/scans?limit=5&" + range + "&" + filter);
        urls.add("/v1/scans?limit=3&qpr_code_id={a}&offset=2&expand=details&" + filter);
        urls.add("/v1/scans/ignored?limit=5&" + range + "&" + filter);
        urls.add("/v1/scans/export?format=csv&qpr_code_id={b}&" + range + "&" + filter);
      }
      urls.add("/v1/scans/export?format=ndjson&expand=details&" + filter);
      for (String window : WINDOWS) {
        urls.add("/v1/analytics?" + window + "&" + filter);
        urls.add("/v1/qpr-codes/{a}/analytics?" + window + "&" + filter);
      }
    }
    urls.add("/v1/scans?qpr_code_id=qpr_none");
    urls.add("/v1/qpr-codes/qpr_none/analytics");
    urls.add("/v1/analytics?period=7d&period=7d");
    urls.add("/v1/scans?since=2026-03-02&until=2026-03-01");
    return urls.stream()
        .map(url -> url.replaceAll("&+", "&").replace("?&", "?").replaceAll("[?&]$", ""))
        .distinct()
        .toList();
  }

  private static Map<String, String> answers(TestServer server, Map<String, String> codes) {
    var answers = new LinkedHashMap<String, String>();
    for (String url : urls()) {
      String asked = url;
      for (var code : codes.entrySet()) {
        asked = asked.replace(code.getKey(), code.getValue());
      }
      HttpResponse<String> answer = server.get(asked);
      String body = answer.body();
      for (var code : codes.entrySet()) {
        body = body.replace(code.getValue(), code.getKey());
      }
      body = body.replaceAll("hit_[0-9A-Z]{26}", "hit_*").replaceAll("\r?\n", "\\\\n");
      answers.put(url, answer.statusCode() + " " + shortened(body));
    }
    return answers;
  }

  /// A long one is known again by its hash, and tells where it begins to differ by its beginning.
  private static String shortened(String body) {
    return body.length() <= 1_500
        ? body
        : body.substring(0, 500) + "… " + body.length() + " " + body.hashCode();
  }

  private static String scans(Map<String, String> codes) {
    var random = new Random(7);
    var lines = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      String code = List.of("{a}", "{a}", "{b}", "{c}").get(random.nextInt(4));
      long second = 1_774_020_600L - (long) (random.nextDouble() * random.nextInt(90 * 86_400));
      int messages = random.nextInt(5);
      boolean started = messages > 0 || random.nextInt(3) == 0;
      lines.append(
          "{\"id\":\"old-%d\",\"qpr_code_id\":\"%s\",\"scanned_at\":\"%s\""
              .formatted(i, codes.get(code), java.time.Instant.ofEpochSecond(second)));
      VALUES.forEach((field, values) -> {
        if (random.nextInt(5) > 0) {
          String value = values.get(random.nextInt(values.size()));
          lines.append(",\"%s\":\"%s\"".formatted(field, value));
        }
      });
      lines.append(
          ",\"conversation_started\":%s,\"conversation_messages\":%d".formatted(started, messages));
      String params =
          List.of(
                  "{}",
                  "{\"utm_source\":\"poster\"}",
                  "{\"utm_source\":\"a,b\",\"p.table\":\"1\"}",
                  "{\"p.table\":\"1\",\"utm_source\":\"poster\"}")
              .get(random.nextInt(4));
      lines.append(",\"metadata\":{\"floor\":").append(random.nextInt(3));
      lines.append("},\"params\":").append(params).append("}\n");
    }
    return lines.toString();
  }

  private static void write(Path file, Map<String, String> answers) throws IOException {
    var lines = new ArrayList<String>();
    answers.forEach((url, answer) -> {
      lines.add(url);
      lines.add(answer);
    });
    Files.write(file, lines);
  }

  private static Map<String, String> recorded() throws IOException {
    try (InputStream in = OldUrlsTest.class.getResourceAsStream(RECORDED)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      var recorded = new LinkedHashMap<String, String>();
      for (int i = 0; i + 1 < lines.size(); i += 2) {
        recorded.put(lines.get(i), lines.get(i + 1));
      }
      return recorded;
    }
  }
}
