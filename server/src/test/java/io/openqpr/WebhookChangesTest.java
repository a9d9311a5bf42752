package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.WebhookReceiver.Got;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Webhooks that are changed or removed while deliveries wait or are under way.
class WebhookChangesTest {

  @TempDir Path directory;
  private TestServer server;
  private WebhookReceiver receiver;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory.resolve("data"));
    receiver = new WebhookReceiver();
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  private JsonNode webhook(String more) {
    return server.json(
        "POST",
        "/v1/webhooks",
        "{\"url\": \"%s\", \"events\": [\"scan.created\"]%s}".formatted(receiver.url(), more));
  }

  private void change(JsonNode webhook, String to) {
    server.json("PATCH", path(webhook), to);
  }

  private static String path(JsonNode webhook) {
    return "/v1/webhooks/" + webhook.get("id").stringValue();
  }

  /// One that was refused, and is written down as waiting.
  private Got refused(JsonNode webhook) {
    receiver.answer(_ -> 503);
    server.scan(code);
    Got got = receiver.next();
    while (server.json(path(webhook) + "/deliveries?state=retrying").get("deliveries").isEmpty()) {
      Thread.onSpinWait();
    }
    receiver.answer(_ -> 200);
    return got;
  }

  private static void assertSame(Got again, Got first) {
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.sequence()).isEqualTo(first.sequence());
  }

  @Test
  void whatWaitsGoesToTheNewUrlWithTheNewHeaders() {
    try (var elsewhere = new WebhookReceiver()) {
      JsonNode webhook = webhook(", \"headers\": {\"X-Key\": \"old\"}");
      Got first = refused(webhook);
      change(
          webhook,
          "{\"url\": \"%s\", \"headers\": {\"X-Key\": \"new\"}}".formatted(elsewhere.url()));
      Got again = elsewhere.next();
      assertSame(again, first);
      assertThat(again.headers().get("x-key")).isEqualTo("new");
      assertThat(receiver.rest()).isEmpty();
    }
  }

  @Test
  void whatWaitsComesThoughFiltersAndEventsMeanOthersFromNowOn() {
    JsonNode webhook = webhook("");
    Got first = refused(webhook);
    JsonNode other = server.createCode("other");
    change(
        webhook,
        "{\"events\": [\"scan.created\", \"qpr_code.updated\"], \"filters\": {\"qpr_code_id\": %s}}"
            .formatted(other.get("id")));
    assertSame(receiver.next(), first);
    server.scan(code);
    server.json("PATCH", "/v1/qpr-codes/" + other.get("id").stringValue(), "{\"name\": \"m\"}");
    server.scan(other);
    var got = receiver.next(2);
    assertThat(got.stream().map(Got::sequence)).containsExactlyInAnyOrder(2L, 3L);
    assertThat(got.stream().map(g -> g.json().get("data").toString()))
        .allMatch(data -> data.contains(other.get("id").stringValue()));
    assertThat(receiver.rest()).isEmpty();
  }

  @Test
  void whatWaitsHasItsBytesThoughBatchesBeginOrEnd() {
    JsonNode webhook = webhook("");
    Got one = refused(webhook);
    change(webhook, "{\"batch\": 100}");
    assertSame(receiver.next(), one);

    Got batch = refused(server.json(path(webhook)));
    assertThat(batch.json().get("type").stringValue()).isEqualTo("batch");
    change(webhook, "{\"batch\": 1}");
    assertSame(receiver.next(), batch);
    server.scan(code);
    assertThat(receiver.next().json().get("type").stringValue()).isEqualTo("scan.created");
  }

  @Test
  void strictFromNowOnTheStreamWaitsForWhatWaits() {
    JsonNode webhook = webhook("");
    Got first = refused(webhook);
    change(webhook, "{\"ordering\": \"strict\"}");
    awaitFollowed();
    server.scan(code);
    assertSame(receiver.next(), first);
    assertThat(receiver.next().sequence()).isEqualTo(2);

    Got held = refused(webhook);
    change(webhook, "{\"ordering\": \"none\"}");
    server.scan(code);
    assertThat(receiver.next(2).stream().map(Got::sequence))
        .containsExactlyInAnyOrder(held.sequence(), held.sequence() + 1);
  }

  @Test
  void aScanThatIsErasedWhileItWaitsIsSentNoMore() {
    JsonNode webhook = webhook(", \"ordering\": \"strict\"");
    // Longer than anything is sent from memory.
    receiver.retryAfter("20");
    String failed = scanOf(refused(webhook));
    for (int i = 0; i < 3; i++) {
      server.scan(code);
    }
    var behind = new ArrayList<String>();
    for (JsonNode scan : server.json("/v1/scans").get("scans")) {
      behind.addFirst(scan.get("id").stringValue());
    }
    behind.remove(failed);
    erase(failed);
    erase(behind.get(1));

    var got = receiver.next(2);
    assertThat(got.stream().map(WebhookChangesTest::scanOf))
        .containsExactly(behind.get(0), behind.get(2));
    assertThat(got.stream().map(Got::sequence)).containsExactly(2L, 3L);
    assertThat(receiver.rest()).isEmpty();
    JsonNode log = server.json(path(webhook) + "/deliveries?state=failed").get("deliveries");
    assertThat(log.get(0).get("error").stringValue()).isEqualTo("erased");
    assertThat(log.toString()).doesNotContain(failed);
  }

  private static String scanOf(Got got) {
    return got.json().get("data").get("id").stringValue();
  }

  private void erase(String scan) {
    assertThat(server.send(server.request("/v1/scans/" + scan).DELETE()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void removedWhileManyAreUnderWayItIsGone() throws Exception {
    var asked = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    receiver.answer(_ -> {
      asked.countDown();
      await(release);
      return 500;
    });
    JsonNode webhook = webhook(", \"timeout_seconds\": 30");
    for (int i = 0; i < 30; i++) {
      server.scan(code);
    }
    asked.await();
    server.json("DELETE", path(webhook), "");
    awaitFollowed();
    release.countDown();
    receiver.next(2);
    assertThat(server.get(path(webhook) + "/deliveries").statusCode()).isEqualTo(404);

    receiver.answer(_ -> 200);
    JsonNode another = webhook("");
    server.scan(code);
    assertThat(receiver.next().sequence()).isEqualTo(1);
    assertThat(receiver.rest()).isEmpty();
    assertThat(server.json("/v1/webhooks").get("webhooks")).hasSize(1);
    assertThat(server.json(path(another)).get("active").booleanValue()).isTrue();
  }

  @Test
  void switchedOffAndOnWhileSomeAreUnderWayNothingIsLostAndNothingDoubled() throws Exception {
    var asked = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    receiver.answer(_ -> {
      asked.countDown();
      await(release);
      return 200;
    });
    JsonNode webhook = webhook(", \"timeout_seconds\": 30");
    for (int i = 0; i < 30; i++) {
      server.scan(code);
    }
    asked.await();
    change(webhook, "{\"active\": false}");
    change(webhook, "{\"active\": true}");
    release.countDown();
    assertThat(receiver.next(30).stream().map(Got::sequence).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    assertThat(receiver.rest()).isEmpty();
  }

  @Test
  void whoHangsDelaysNobodyElse() throws Exception {
    var release = new CountDownLatch(1);
    receiver.answer(_ -> {
      await(release);
      return 200;
    });
    for (int i = 0; i < 10; i++) {
      webhook(", \"timeout_seconds\": 30");
    }
    try (var good = new WebhookReceiver()) {
      server.json(
          "POST",
          "/v1/webhooks",
          "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(good.url()));
      for (int i = 0; i < 50; i++) {
        server.scan(code);
      }
      List<Got> told = good.next(50);
      assertThat(new HashSet<>(told.stream().map(Got::id).toList())).hasSize(50);
      // All while not one of the others has answered.
      assertThat(release.getCount()).isEqualTo(1);
      assertThat(receiver.rest()).isEmpty();
    } finally {
      release.countDown();
    }
  }

  /// Senders look once a second, and all of them together: one that began has followed.
  private void awaitFollowed() {
    try (var other = new WebhookReceiver()) {
      var body = "{\"url\": \"%s\", \"events\": [\"qpr_code.created\"]}".formatted(other.url());
      JsonNode marker = server.json("POST", "/v1/webhooks", body);
      server.createCode("marker");
      other.next();
      server.json("DELETE", path(marker), "");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
