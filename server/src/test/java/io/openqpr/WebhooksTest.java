package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.openqpr.WebhookReceiver.Got;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Webhooks over HTTP, with real receivers.
class WebhooksTest {

  @TempDir Path directory;
  private TestServer server;
  private WebhookReceiver receiver;

  @BeforeEach
  void start() {
    server = TestServer.in(directory.resolve("data"));
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  private JsonNode webhook(String events, String more) {
    return server.json(
        "POST",
        "/v1/webhooks",
        "{\"url\": \"%s\", \"events\": [%s]%s}".formatted(receiver.url(), events, more));
  }

  private static String path(JsonNode webhook) {
    return "/v1/webhooks/" + webhook.get("id").stringValue();
  }

  @Test
  void tellsOfAScanAsTheContractSays() throws Exception {
    JsonNode webhook = webhook("\"scan.created\"", "");
    assertThat(webhook.propertyNames())
        .startsWith("id", "url", "events", "secret", "active", "created_at");
    assertThat(webhook.get("id").stringValue()).matches("wh_[0-9A-HJKMNP-TV-Z]{26}");
    assertThat(webhook.get("active").booleanValue()).isTrue();
    String secret = webhook.get("secret").stringValue();
    assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");

    JsonNode code = server.createCode("Door");
    server.scan(code);
    Got got = receiver.next();

    JsonNode event = got.json();
    assertThat(event.propertyNames()).containsExactly("id", "type", "created_at", "data");
    assertThat(event.get("type").stringValue()).isEqualTo("scan.created");
    assertThat(event.get("id").stringValue()).startsWith("evt_").isEqualTo(got.id());
    JsonNode scan = server.json("/v1/scans").get("scans").get(0);
    assertThat(event.get("data")).isEqualTo(scan);
    assertThat(got.path()).isEqualTo("/hooks");
    assertThat(got.headers()).containsEntry("Content-Type", "application/json");
    assertThat(got.sequence()).isEqualTo(1);
    assertThat(got.headers().get("x-3qpr-signature"))
        .isEqualTo("sha256=" + openssl(secret, got.body()));
    verifyAsTheStandardSays(secret, got);
    assertThat(server.get(path(webhook)).body()).doesNotContain("whsec_");
    assertThat(server.get("/v1/webhooks").body()).doesNotContain("whsec_");
  }

  private static void verifyAsTheStandardSays(String secret, Got got) throws Exception {
    var headers = new HashMap<String, List<String>>();
    got.headers().forEach((name, value) -> headers.put(name.toLowerCase(), List.of(value)));
    new Webhook(secret)
        .verify(
            new String(got.body(), StandardCharsets.UTF_8),
            HttpHeaders.of(headers, (a, b) -> true));
  }

  /// By a program that shares no code with ours.
  private String openssl(String secret, byte[] body) throws Exception {
    Path file = Files.write(directory.resolve("body"), body);
    Process openssl =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", secret, "-hex", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = openssl.inputReader().readAllAsString().strip();
    return said.substring(said.lastIndexOf(' ') + 1);
  }

  @Test
  void tellsOfEverythingThatHappensInOrderAndCountsIt() {
    webhook(
        "\"scan.created\", \"conversation.started\", \"conversation.completed\","
            + " \"qpr_code.created\", \"qpr_code.updated\", \"qpr_code.deleted\"",
        ", \"ordering\": \"strict\"");

    JsonNode code = server.createCode("n");
    String codePath = "/v1/qpr-codes/" + code.get("id").stringValue();
    server.scan(code);
    Got created = receiver.next();
    Got scanned = receiver.next();
    String scan = scanned.json().get("data").get("id").stringValue();
    server.json(
        "PUT", "/v1/scans/" + scan + "/conversation", "{\"messages\": 2, \"status\": \"open\"}");
    Got started = receiver.next();
    server.json(
        "PUT",
        "/v1/scans/" + scan + "/conversation",
        "{\"messages\": 5, \"status\": \"completed\"}");
    Got completed = receiver.next();
    server.json("PATCH", codePath, "{\"name\": \"m\"}");
    Got updated = receiver.next();
    server.json("DELETE", codePath, "");
    Got deleted = receiver.next();

    var all = List.of(created, scanned, started, completed, updated, deleted);
    assertThat(all.stream().map(g -> g.json().get("type").stringValue()))
        .containsExactly(
            "qpr_code.created",
            "scan.created",
            "conversation.started",
            "conversation.completed",
            "qpr_code.updated",
            "qpr_code.deleted");
    assertThat(all.stream().map(Got::sequence)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void tellsOnlyOfWhatItsFiltersMean() {
    JsonNode one = server.createCode("one");
    JsonNode two = server.createCode("two");
    webhook(
        "\"scan.created\"",
        ", \"filters\": {\"qpr_code_id\": \"%s\", \"device\": \"mobile\", \"params.utm_source\": \"a\"}"
            .formatted(two.get("id").stringValue()));

    scan(one, "?utm_source=a");
    scan(two, "?utm_source=b");
    scan(two, "?utm_source=a");

    Got got = receiver.next();
    assertThat(got.json().get("data").get("qpr_code_id")).isEqualTo(two.get("id"));
    assertThat(got.sequence()).isEqualTo(1);
    assertThat(receiver.rest()).isEmpty();
  }

  private void scan(JsonNode code, String query) {
    String url = server.url() + "/s/" + code.get("short_id").stringValue() + query;
    assertThat(
            server.send(server.request(url).header("User-Agent", UserAgents.IPHONE)).statusCode())
        .isEqualTo(302);
  }

  @Test
  void sendsManyAtOnceAndEachOnce() {
    webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    int count = 300;
    for (int i = 0; i < count; i++) {
      server.scan(code);
    }
    List<Got> all = receiver.next(count);
    assertThat(all.stream().map(Got::id).distinct()).hasSize(count);
    assertThat(new TreeSet<>(all.stream().map(Got::sequence).toList()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void sendsBatches() throws Exception {
    receiver.answer(_ -> 500);
    JsonNode webhook = webhook("\"scan.created\"", ", \"batch\": 100, \"ordering\": \"strict\"");
    JsonNode code = server.createCode("n");
    for (int i = 0; i < 40; i++) {
      server.scan(code);
    }
    receiver.answer(_ -> 200);
    var events = new TreeSet<String>();
    long last = 0;
    while (events.size() < 40) {
      Got got = receiver.next();
      verifyAsTheStandardSays(webhook.get("secret").stringValue(), got);
      JsonNode body = got.json();
      assertThat(body.get("type").stringValue()).isEqualTo("batch");
      assertThat(body.get("id").stringValue()).startsWith("batch_").isEqualTo(got.id());
      body.get("data").forEach(event -> events.add(event.get("id").stringValue()));
      assertThat(got.sequence()).isBetween(last, last + 1);
      last = got.sequence();
    }
    assertThat(last).isLessThan(40);
  }

  @Test
  void anEventThatFailedIsSentAgainWithTheSameBytesAndAFreshSignature() throws Exception {
    var refusals = new ArrayList<String>();
    receiver.answer(got -> {
      synchronized (refusals) {
        boolean refuse = refusals.isEmpty();
        refusals.add(got.id());
        return refuse ? 503 : 200;
      }
    });
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    server.scan(code);
    server.scan(code);

    Got first = receiver.next();
    Got beside = receiver.next();
    Got again = receiver.next();

    // The others do not wait for it.
    assertThat(beside.id()).isNotEqualTo(first.id());
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.sequence()).isEqualTo(first.sequence());
    assertThat(again.headers().get("webhook-timestamp"))
        .isNotEqualTo(first.headers().get("webhook-timestamp"));
    verifyAsTheStandardSays(webhook.get("secret").stringValue(), again);
    List<JsonNode> log = log(webhook, "", 3);
    assertThat(log.get(0).get("attempt").intValue()).isEqualTo(2);
    assertThat(log.get(0).get("state").stringValue()).isEqualTo("succeeded");
    JsonNode failed = log(webhook, "?state=retrying", 1).getFirst();
    assertThat(failed.get("status").intValue()).isEqualTo(503);
    assertThat(failed.get("error").stringValue()).isEqualTo("status");
    assertThat(failed.get("next_attempt_at").isNull()).isFalse();
    assertThat(failed.get("phases_ms").get("done").doubleValue()).isPositive();
    assertThat(log(webhook, "?event=qpr_code.created", 0)).isEmpty();
  }

  /// Written down within moments; asked until there are so many.
  private List<JsonNode> log(JsonNode webhook, String query, int count) {
    while (true) {
      JsonNode found = server.json(path(webhook) + "/deliveries" + query).get("deliveries");
      if (found.size() >= count) {
        var list = new ArrayList<JsonNode>();
        found.forEach(list::add);
        return list;
      }
    }
  }

  @Test
  void strictlyNothingPassesWhatFailed() {
    var seen = new ArrayList<Long>();
    receiver.answer(got -> {
      synchronized (seen) {
        seen.add(got.sequence());
        return seen.size() == 2 ? 500 : 200;
      }
    });
    webhook("\"scan.created\"", ", \"ordering\": \"strict\"");
    JsonNode code = server.createCode("n");
    for (int i = 0; i < 5; i++) {
      server.scan(code);
    }
    receiver.next(6);
    assertThat(seen).containsExactly(1L, 2L, 2L, 3L, 4L, 5L);
  }

  @Test
  void whoIsGoneIsSwitchedOffAtOnceAndTheOthersAreTold() {
    try (var other = new WebhookReceiver()) {
      server.json(
          "POST",
          "/v1/webhooks",
          "{\"url\": \"%s\", \"events\": [\"qpr_code.deleted\"]}".formatted(other.url()));
      receiver.answer(_ -> 410);
      JsonNode webhook = webhook("\"scan.created\"", "");
      JsonNode code = server.createCode("n");
      server.scan(code);
      String first = receiver.next().id();

      Got notice = other.next();
      assertThat(notice.json().get("type").stringValue()).isEqualTo("webhook.disabled");
      assertThat(notice.json().get("data").get("id")).isEqualTo(webhook.get("id"));
      assertThat(notice.headers()).doesNotContainKey("x-3qpr-sequence");
      JsonNode off = server.json(path(webhook));
      assertThat(off.get("active").booleanValue()).isFalse();
      assertThat(off.get("disabled_at").isNull()).isFalse();
      assertThat(off.get("disabled_reason").stringValue()).isEqualTo("gone");

      server.scan(code);
      receiver.answer(_ -> 200);
      server.json("PATCH", path(webhook), "{\"active\": true}");
      var again = receiver.next(2);
      assertThat(again.stream().map(Got::id)).contains(first);
      assertThat(again.stream().map(Got::sequence)).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  @Test
  void switchedOnAgainItTellsOfWhatItIsAskedFor() {
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    server.scan(code);
    String first = receiver.next().id();
    log(webhook, "", 1);
    server.json("PATCH", path(webhook), "{\"active\": false}");
    server.scan(code);
    server.json("PATCH", path(webhook), "{\"active\": true, \"resume_from\": \"now\"}");
    server.scan(code);
    Got onlyNew = receiver.next();
    assertThat(onlyNew.sequence()).isEqualTo(2);
    assertThat(onlyNew.id()).isNotEqualTo(first);
    log(webhook, "", 2);

    server.json("PATCH", path(webhook), "{\"resume_from\": \"2020-01-01\"}");
    List<Got> replay = receiver.next(3);
    assertThat(replay.stream().map(Got::sequence)).containsExactlyInAnyOrder(3L, 4L, 5L);
    assertThat(replay.stream().map(Got::id)).contains(first, onlyNew.id());
  }

  @Test
  void duringARotationBothSecretsVerify() throws Exception {
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode rotated = server.json("POST", path(webhook) + "/rotate", "{\"overlap_hours\": 1}");
    String before = webhook.get("secret").stringValue();
    String after = rotated.get("secret").stringValue();
    assertThat(after).isNotEqualTo(before);
    assertThat(rotated.get("previous_secret_until").isNull()).isFalse();
    JsonNode code = server.createCode("n");
    server.scan(code);
    Got got = receiver.next();

    verifyAsTheStandardSays(before, got);
    verifyAsTheStandardSays(after, got);
    assertThat(got.headers().get("x-3qpr-signature"))
        .isEqualTo("sha256=" + openssl(after, got.body()));
    assertThat(got.headers().get("x-3qpr-signature-previous"))
        .isEqualTo("sha256=" + openssl(before, got.body()));
  }

  @Test
  void aTestTellsWhatTheReceiverSays() throws Exception {
    JsonNode webhook = webhook("\"scan.created\"", ", \"headers\": {\"X-Key\": \"s3cret\"}");
    receiver.answer(_ -> 418);
    JsonNode tried =
        server.json("POST", path(webhook) + "/test", "{\"type\": \"qpr_code.updated\"}");
    Got got = receiver.next();
    assertThat(tried.get("delivered").booleanValue()).isFalse();
    assertThat(tried.get("status").intValue()).isEqualTo(418);
    assertThat(got.json().get("type").stringValue()).isEqualTo("qpr_code.updated");
    assertThat(got.headers().get("x-key")).isEqualTo("s3cret");
    verifyAsTheStandardSays(webhook.get("secret").stringValue(), got);
    assertThat(server.get(path(webhook)).body()).contains("X-Key").doesNotContain("s3cret");
  }

  @Test
  void aDeliveryIsResentAndSoIsAllThatFailed() {
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    server.scan(code);
    Got first = receiver.next();
    JsonNode logged = log(webhook, "", 1).getFirst();
    String delivery = path(webhook) + "/deliveries/" + logged.get("id").stringValue();
    server.json("POST", delivery + "/resend", "{}");
    Got again = receiver.next();
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.body()).isEqualTo(first.body());

    receiver.answer(_ -> 500);
    server.scan(code);
    String failed = receiver.next().id();
    log(webhook, "?state=retrying", 1);
    receiver.answer(_ -> 200);
    JsonNode resend = server.json("POST", path(webhook) + "/resends", "{}");
    assertThat(resend.get("total").intValue()).isEqualTo(1);
    assertThat(receiver.next().id()).isEqualTo(failed);
    String progress = path(webhook) + "/resends/" + resend.get("id").stringValue();
    JsonNode now = server.json(progress);
    while (!now.get("state").stringValue().equals("done")) {
      now = server.json(progress);
    }
    assertThat(now.get("delivered").intValue()).isEqualTo(1);
  }

  @Test
  void theLogIsPaged() {
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    for (int i = 0; i < 5; i++) {
      server.scan(code);
    }
    log(webhook, "", 5);
    var seen = new TreeSet<Long>();
    String cursor = "";
    do {
      JsonNode page = server.json(path(webhook) + "/deliveries?limit=2" + cursor);
      page.get("deliveries")
          .forEach(d -> assertThat(seen.add(d.get("sequence").longValue())).isTrue());
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aRemovedWebhookIsToldNothingMore() {
    receiver.answer(_ -> 500);
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    server.scan(code);
    receiver.next();
    server.json("DELETE", path(webhook), "");
    assertThat(server.get(path(webhook)).statusCode()).isEqualTo(404);

    JsonNode another = webhook("\"scan.created\"", "");
    receiver.answer(_ -> 200);
    server.scan(code);
    assertThat(receiver.next().sequence()).isEqualTo(1);
    log(another, "", 1);
    assertThat(receiver.rest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://192.168.1.1:8080/",
        "http://metadata.google.internal/",
        "ftp://example.com/",
        "http://0x7f.1/",
        "http://u:p@example.com/",
      })
  void refusesTargetsAtCreateAndChange(String url) {
    JsonNode webhook = webhook("\"scan.created\"", "");
    String body = "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(url);
    for (var answer :
        List.of(
            server.send("POST", "/v1/webhooks", body),
            server.send("PATCH", path(webhook), "{\"url\": \"%s\"}".formatted(url)))) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(fields(answer)).containsExactly("url");
    }
    assertThat(server.json(path(webhook)).get("url").stringValue()).isEqualTo(receiver.url());
  }

  private static List<String> fields(HttpResponse<String> answer) {
    var fields = new ArrayList<String>();
    TestServer.parse(answer).get("errors").forEach(e -> fields.add(e.get("field").stringValue()));
    return fields;
  }

  @Test
  void tellsAllMistakesAtOnce() {
    var answer =
        server.send(
            "POST",
            "/v1/webhooks",
            """
            {"url": "nonsense", "events": ["scan.made", "scan.created"], "batch": 101, "rate": 0,
             "ordering": "loose", "concurrency": "2", "timeout_seconds": 31, "colour": 1,
             "filters": {"country": "Germany", "nation": "DE", "city": 3},
             "headers": {"Host": "x", "X-A": "a\\r\\nb", "Content-Type": "x", "webhook-id": "1",
                         "X-3QPR-Signature": "x", "a b": "x", "X-B": 1}}
            """);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(fields(answer))
        .contains(
            "url",
            "events[0]",
            "batch",
            "rate",
            "ordering",
            "concurrency",
            "timeout_seconds",
            "colour",
            "filters.country",
            "filters.nation",
            "filters.city",
            "headers.Host",
            "headers.X-A",
            "headers.Content-Type",
            "headers.webhook-id",
            "headers.X-3QPR-Signature",
            "headers.a b",
            "headers.X-B");
    assertThat(fields(server.send("POST", "/v1/webhooks", "{}"))).containsExactly("url", "events");
  }

  @Test
  void whatWaitedIsSentAfterARestart() {
    receiver.answer(_ -> 500);
    JsonNode webhook = webhook("\"scan.created\"", "");
    JsonNode code = server.createCode("n");
    server.scan(code);
    String failed = receiver.next().id();
    log(webhook, "?state=retrying", 1);
    server.close();
    receiver.answer(_ -> 200);
    server = TestServer.in(directory.resolve("data"));
    Got again = receiver.next();
    assertThat(again.id()).isEqualTo(failed);
    server.scan(code);
    assertThat(receiver.next().sequence()).isEqualTo(2);
  }

  @Test
  void metricsTellWhatBecameOfRequests() {
    JsonNode webhook = webhook("\"scan.created\"", "");
    server.scan(server.createCode("n"));
    receiver.next();
    log(webhook, "", 1);
    String metrics = server.get("/metrics").body();
    assertThat(metrics)
        .contains("openqpr_webhook_attempts_total{outcome=\"success\"} 1")
        .contains("openqpr_webhook_first_attempt_seconds_count 1")
        .contains("openqpr_webhooks_sending 1")
        .contains("openqpr_webhooks_behind{more_than=\"60s\"} 0")
        .contains(
            "openqpr_webhook_lag_seconds{webhook=\"%s\"} 0"
                .formatted(webhook.get("id").stringValue()))
        .contains("openqpr_webhooks_off 0")
        .contains("openqpr_webhook_requests 0")
        .contains("openqpr_webhooks_waiting_for_requests 0");
  }

  @Test
  void accountsSeeNothingOfEachOther() {
    JsonNode webhook = webhook("\"scan.created\"", "");
    var made =
        server.send(
            server
                .request("/v1/accounts")
                .setHeader("Authorization", "Bearer " + TestServer.OPERATOR_KEY)
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"name\": \"Two\"}")));
    String key = TestServer.parse(made).get("key").stringValue();
    for (Map.Entry<String, String> route :
        Map.of("GET", "", "PATCH", "", "DELETE", "", "POST", "/test").entrySet()) {
      var answer =
          server.send(
              server
                  .request(path(webhook) + route.getValue())
                  .setHeader("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/json")
                  .method(route.getKey(), java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
      assertThat(answer.statusCode()).as(route.toString()).isEqualTo(404);
    }
  }
}
