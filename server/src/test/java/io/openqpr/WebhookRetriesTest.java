package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.WebhookReceiver.Got;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// When a delivery is tried again, and when nothing is any more: days of it, by a clock that is
/// moved.
class WebhookRetriesTest {

  private static final List<Duration> PLAN =
      Stream.of(
              "PT5S", "PT30S", "PT2M", "PT10M", "PT30M", "PT2H", "PT5H", "PT10H", "PT12H", "PT24H")
          .map(Duration::parse)
          .toList();

  private final MovableClock clock = new MovableClock("2026-03-20T15:30:00Z");
  @TempDir Path directory;
  private TestServer server;
  private WebhookReceiver receiver;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.at(clock, directory.resolve("data"));
    receiver = new WebhookReceiver();
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  private JsonNode webhook(String more) {
    return webhook(receiver, "scan.created", more);
  }

  private JsonNode webhook(WebhookReceiver to, String event, String more) {
    return server.json(
        "POST",
        "/v1/webhooks",
        "{\"url\": \"%s\", \"events\": [\"%s\"]%s}".formatted(to.url(), event, more));
  }

  private static String path(JsonNode webhook) {
    return "/v1/webhooks/" + webhook.get("id").stringValue();
  }

  /// A change looks at once for what is due.
  private void moveTo(Instant time, JsonNode webhook) {
    clock.set(time);
    server.json("PATCH", path(webhook), "{}");
  }

  /// The attempt of what came, as soon as it is written down.
  private JsonNode attempt(JsonNode webhook, Got got, int number) {
    while (true) {
      for (JsonNode one : server.json(path(webhook) + "/deliveries").get("deliveries")) {
        if (one.get("attempt").intValue() == number
            && one.get("event_id").stringValue().equals(got.id())) {
          return one;
        }
      }
    }
  }

  private static Instant next(JsonNode attempt) {
    return Instant.parse(attempt.get("next_attempt_at").stringValue());
  }

  private JsonNode switchedOff(JsonNode webhook) {
    while (true) {
      JsonNode now = server.json(path(webhook));
      if (!now.get("active").booleanValue()) {
        return now;
      }
    }
  }

  private String metric(String name) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("absent");
  }

  private static Instant sentAt(Got got) {
    return Instant.ofEpochSecond(Long.parseLong(got.headers().get("webhook-timestamp")));
  }

  @Test
  void attemptsComeWithinAFifthOfTheirPlanAndThenNoMore() {
    receiver.answer(_ -> 503);
    JsonNode webhook = webhook("");
    server.scan(code);
    for (int made = 1; made <= PLAN.size(); made++) {
      Got got = receiver.next();
      assertThat(sentAt(got)).as("attempt %d", made).isEqualTo(seconds(clock.instant()));
      JsonNode failed = attempt(webhook, got, made);
      assertThat(failed.get("state").stringValue()).isEqualTo("retrying");
      long wait = PLAN.get(made - 1).toMillis();
      Instant now = clock.instant();
      Instant next = next(failed);
      assertThat(next).isBetween(now.plusMillis(wait * 4 / 5), now.plusMillis(wait * 6 / 5));
      moveTo(next.minusSeconds(1), webhook);
      moveTo(next, webhook);
    }
    JsonNode last = attempt(webhook, receiver.next(), PLAN.size() + 1);
    assertThat(last.get("state").stringValue()).isEqualTo("failed");
    assertThat(last.get("next_attempt_at").isNull()).isTrue();

    // Eleven failures of less than three days are not its end.
    clock.add(Duration.ofDays(1));
    receiver.answer(_ -> 200);
    server.scan(code);
    assertThat(receiver.next().sequence()).isEqualTo(2);
    assertThat(server.json(path(webhook)).get("active").booleanValue()).isTrue();
  }

  private static Instant seconds(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600, 86_400, 10 * 86_400})
  void theReceiverMayAskForMoreTimeButForNoMoreThanADay(long asked) {
    Instant until = clock.instant().plusSeconds(Math.min(asked, 86_400));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            clock.instant().plusSeconds(asked).atOffset(ZoneOffset.UTC));
    JsonNode webhook = webhook("");
    for (String header : List.of(String.valueOf(asked), date)) {
      receiver.answer(_ -> 429);
      receiver.retryAfter(header);
      server.scan(code);
      Got refused = receiver.next();
      assertThat(next(attempt(webhook, refused, 1))).as(header).isEqualTo(until);

      receiver.answer(_ -> 200);
      Instant before = clock.instant();
      moveTo(until.minusSeconds(1), webhook);
      moveTo(until, webhook);
      Got again = receiver.next();
      assertThat(again.id()).isEqualTo(refused.id());
      assertThat(sentAt(again)).isEqualTo(until);
      attempt(webhook, again, 2);
      clock.set(before);
      server.json("DELETE", path(webhook), "");
      webhook = webhook("");
    }
  }

  @Test
  void fiveDaysAndTwentyFailuresSwitchItOffAndTheOthersAreTold() {
    try (var other = new WebhookReceiver();
        var log = new Logbook()) {
      webhook(other, "qpr_code.deleted", "");
      receiver.answer(_ -> 500);
      JsonNode webhook = webhook("");
      server.scan(code);
      attempt(webhook, receiver.next(), 1);
      Instant began = clock.instant();
      moveTo(began.plus(Duration.ofDays(5)), webhook);
      attempt(webhook, receiver.next(), 2);
      for (int failures = 3; failures <= 19; failures++) {
        server.scan(code);
        receiver.next();
      }
      assertThat(server.json(path(webhook)).get("active").booleanValue()).isTrue();
      server.scan(code);
      receiver.next();

      JsonNode off = switchedOff(webhook);
      Instant at = began.plus(Duration.ofDays(5));
      assertThat(off.get("disabled_at").stringValue()).isEqualTo(at.toString());
      assertThat(off.get("disabled_reason").stringValue()).isEqualTo("failing");
      Got notice = other.next();
      assertThat(notice.json().get("type").stringValue()).isEqualTo("webhook.disabled");
      assertThat(notice.json().get("data").get("id")).isEqualTo(webhook.get("id"));
      assertThat(notice.json().get("data").get("disabled_reason").stringValue())
          .isEqualTo("failing");
      assertThat(log.entriesWith(webhook.get("id").stringValue() + " is switched off: failing"))
          .hasSize(1);
      assertThat(metric("openqpr_webhooks_switched_off_total")).isEqualTo("1.0");
    }
  }

  @Test
  void twentyFailuresOfAnHourAreNotItsEndAndASuccessBeginsAnew() {
    receiver.answer(_ -> 500);
    JsonNode webhook = webhook("");
    for (int i = 0; i < 25; i++) {
      server.scan(code);
      attempt(webhook, receiver.next(), 1);
    }
    clock.add(Duration.ofDays(4));
    receiver.answer(_ -> 200);
    server.scan(code);
    // All that waited is due too.
    var ids = new ArrayList<String>();
    while (ids.size() < 26) {
      ids.add(receiver.next().id());
    }
    assertThat(ids).doesNotHaveDuplicates();
    receiver.answer(_ -> 500);
    clock.add(Duration.ofDays(2));
    for (int i = 0; i < 25; i++) {
      server.scan(code);
      receiver.next();
    }
    assertThat(server.json(path(webhook)).get("active").booleanValue()).isTrue();
  }

  @Test
  void strictlyNothingPassesWhatIsTriedAndItsLastFailureIsTheEnd() {
    receiver.answer(_ -> 500);
    JsonNode webhook = webhook(", \"ordering\": \"strict\"");
    server.scan(code);
    server.scan(code);
    Got first = receiver.next();
    for (int made = 1; made <= PLAN.size(); made++) {
      moveTo(next(attempt(webhook, first, made)), webhook);
      assertThat(receiver.next().id()).isEqualTo(first.id());
    }
    JsonNode off = switchedOff(webhook);
    assertThat(off.get("disabled_reason").stringValue()).isEqualTo("strict_event_failed");

    receiver.answer(_ -> 200);
    clock.add(Duration.ofDays(40));
    server.json("PATCH", path(webhook), "{\"active\": true}");
    Got again = receiver.next();
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.sequence()).isEqualTo(1);
    assertThat(receiver.next().sequence()).isEqualTo(2);
  }

  @Test
  void switchedOnItGoesOnFromWhereItStoppedOrFromATimeOrOnlyWithWhatIsNew() {
    JsonNode webhook = webhook("");
    List<String> ids = new ArrayList<>();
    for (int day = 0; day < 4; day++) {
      server.scan(code);
      Got got = receiver.next();
      ids.add(got.id());
      attempt(webhook, got, 1);
      clock.add(Duration.ofDays(1));
    }
    server.json("PATCH", path(webhook), "{\"active\": false}");
    server.scan(code);
    clock.add(Duration.ofDays(1));

    server.json("PATCH", path(webhook), "{\"active\": true}");
    ids.add(receiver.next().id());
    assertThat(ids).doesNotHaveDuplicates();
    server.json("PATCH", path(webhook), "{\"active\": false}");
    String time = "2026-03-22T15:30:00Z"; // of the third
    String from = "{\"active\": true, \"resume_from\": \"" + time + "\"}";
    server.json("PATCH", path(webhook), from);
    assertThat(receiver.next(3).stream().map(Got::id))
        .containsExactlyInAnyOrderElementsOf(ids.subList(2, 5));
    server.json("PATCH", path(webhook), "{\"active\": false}");
    server.scan(code);
    server.json("PATCH", path(webhook), "{\"active\": true, \"resume_from\": \"now\"}");
    server.scan(code);
    assertThat(receiver.next().id()).isNotIn(ids);
    assertThat(receiver.rest()).isEmpty();
  }

  @Test
  void theSecretBeforeSignsUntilTheOverlapIsOver() {
    JsonNode webhook = webhook("");
    server.json("POST", path(webhook) + "/rotate", "{\"overlap_hours\": 2}");
    Instant end = clock.instant().plus(Duration.ofHours(2));
    clock.set(end.minusSeconds(1));
    server.scan(code);
    Got both = receiver.next();
    assertThat(both.headers()).containsKey("x-3qpr-signature-previous");
    assertThat(both.headers().get("webhook-signature").split(" ")).hasSize(2);
    clock.set(end);
    server.scan(code);
    Got one = receiver.next();
    assertThat(one.headers()).doesNotContainKey("x-3qpr-signature-previous");
    assertThat(one.headers().get("webhook-signature").split(" ")).hasSize(1);
    assertThat(server.json(path(webhook)).get("previous_secret_until").isNull()).isTrue();
  }

  @Test
  void soMuchWaitsThatTheStreamWaitsAndItGoesOnWhenTheReceiverIsBack() {
    receiver.answer(_ -> 503);
    receiver.retryAfter("86400");
    JsonNode webhook = webhook("");
    int scans = 1_100;
    for (int i = 0; i < scans; i++) {
      server.scan(code);
    }
    var failed = receiver.next(1_000);
    // One in half a minute shows whether it is back; it is not.
    moveTo(clock.instant().plusSeconds(31), webhook);
    Got probe = receiver.next();
    assertThat(probe.sequence()).isBetween(1L, 1_000L);
    attempt(webhook, probe, 2);
    assertThat(receiver.rest()).isEmpty();

    receiver.answer(_ -> 200);
    receiver.retryAfter(null);
    moveTo(clock.instant().plusSeconds(31), webhook);
    var delivered = receiver.next(scans);
    assertThat(delivered.stream().map(Got::sequence).sorted().toList())
        .isEqualTo(LongStream.rangeClosed(1, scans).boxed().toList());
    assertThat(delivered.stream().map(Got::id)).containsAll(failed.stream().map(Got::id).toList());
  }

  @Test
  void aClockThatIsAheadCostsNoLog() {
    JsonNode webhook = webhook("");
    server.scan(code);
    Got got = receiver.next();
    attempt(webhook, got, 1);
    String runs = "openqpr_job_runs_total{job=\"webhook-log\"}";
    String before = metric(runs);
    clock.add(Duration.ofDays(31));
    while (metric(runs).equals(before)) {
      Thread.onSpinWait();
    }
    assertThat(server.json(path(webhook) + "/deliveries").get("deliveries")).hasSize(1);
  }
}
