package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.TestServer;
import io.openqpr.WebhookReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `qpr webhooks` on the real server, with a real receiver.
class WebhookCommandsTest {

  @TempDir Path directory;
  private TestServer server;
  private WebhookReceiver receiver;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void aWebhookIsMadeWithAllThatIsSaidOfIt() {
    CommandRun run =
        run(
            "webhooks create %s --events scan.created,qpr_code.deleted --filter country=DE"
                + " --filter params.utm_source=poster --description mine --header X-Key=a=b"
                + " --ordering strict --batch 5 --concurrency 2 --rate 7 --timeout 9",
            receiver.url());

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode webhook = server.json("/v1/webhooks").get("webhooks").get(0);
    assertThat(run.out()).contains(webhook.get("id").stringValue(), "  whsec_");
    assertThat(run.err()).startsWith("qpr: keep the secret");
    assertThat(webhook.get("events").toString())
        .isEqualTo("[\"scan.created\",\"qpr_code.deleted\"]");
    assertThat(webhook.get("filters").toString())
        .isEqualTo("{\"country\":\"DE\",\"params.utm_source\":\"poster\"}");
    assertThat(webhook.get("header_names").toString()).isEqualTo("[\"X-Key\"]");
    assertThat(webhook.toString())
        .contains(
            "\"description\":\"mine\"",
            "\"ordering\":\"strict\"",
            "\"batch\":5",
            "\"concurrency\":2",
            "\"rate\":7",
            "\"timeout_seconds\":9");
    assertThat(run("webhooks list --json").out())
        .isEqualTo(server.get("/v1/webhooks").body() + "\n");
  }

  @Test
  void oneIsShownChangedSwitchedAndDeleted() {
    String id = create("--filter country=DE --description old");

    assertThat(run("webhooks show %s", id).out())
        .contains("country=DE", "state        active", "old");
    assertThat(run("webhooks list").out()).contains(id, "active", receiver.url());
    assertThat(run("webhooks change %s --description new --clear filters --off", id).out())
        .contains("off: ", "new")
        .doesNotContain("country=DE");
    assertThat(run("webhooks list").out()).contains("  off  ");
    assertThat(run("webhooks change %s --on --resume-from now --to %s/2", id, receiver.url()).out())
        .contains("active", receiver.url() + "/2");
    CommandRun rotated = run("webhooks rotate %s --overlap 1", id);
    assertThat(rotated.out()).contains("whsec_", "old secret until");
    assertThat(run("webhooks delete %s", id).out()).isEqualTo("deleted " + id + "\n");
    assertThat(run("webhooks list").err())
        .isEqualTo("qpr: there are no webhooks; `qpr webhooks create` makes one\n");
    assertThat(run("webhooks show %s", id).code()).isEqualTo(1);
  }

  @Test
  void aTestTellsWhatTheReceiverSaid() {
    String id = create("");

    CommandRun good = run("webhooks test %s --type conversation.completed", id);
    receiver.answer(_ -> 418);
    CommandRun bad = run("webhooks test %s", id);

    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out()).contains("conversation.completed", "status  200", "first byte");
    assertThat(receiver.next().json().get("type").stringValue())
        .isEqualTo("conversation.completed");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.err()).isEqualTo("qpr: not delivered: 418\n");
  }

  @Test
  void deliveriesAreListedFilteredAndSentAgain() {
    String id = create("");
    JsonNode code = server.createCode("n");
    receiver.answer(got -> got.sequence() == 1 ? 500 : 204);
    server.scan(code);
    server.scan(code);
    receiver.next(2);
    awaitLog(id, 2);

    CommandRun table = run("webhooks deliveries %s", id);
    assertThat(table.out().lines()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(table.out().lines()).allMatch(line -> Text.width(line) <= 80);
    assertThat(table.out()).contains("STATE", "ANSWER", "retrying   500", "succeeded  204");
    CommandRun failed = run("webhooks deliveries %s --state retrying --event scan.created", id);
    assertThat(failed.out()).contains("500").doesNotContain("204");
    assertThat(run("webhooks deliveries %s --until 2026-01-01", id).err())
        .isEqualTo("qpr: there are no such attempts\n");
    assertThat(run("webhooks deliveries %s --details", id).out())
        .contains("error         status", "next attempt  20", "first byte", "\n\nid ");
    assertThat(run("webhooks deliveries %s --limit 1", id).err())
        .isEqualTo("qpr: the newest 1 attempt; --limit or --all shows more\n");
    JsonNode all = TestServer.parse(run("webhooks deliveries %s --all --json", id).out());
    assertThat(all.propertyNames()).containsExactly("deliveries", "limit", "next_cursor");

    String delivery = all.get("deliveries").get(0).get("id").stringValue();
    String event = all.get("deliveries").get(0).get("event_id").stringValue();
    assertThat(run("webhooks resend %s %s", id, delivery).out())
        .isEqualTo("sending " + event + " again\n");
    while (!receiver.next().id().equals(event)) {
      // the other's next attempt may come between
    }
    CommandRun job = run("webhooks resend %s --failed --json", id);
    String resend = TestServer.parse(job.out()).get("id").stringValue();
    assertThat(run("webhooks resend %s --progress %s", id, resend).out())
        .contains(resend, "in all", "waiting");
    run("webhooks change %s --off", id);
    assertThat(run("webhooks resend %s --failed", id).err())
        .endsWith(" With: qpr webhooks change " + id + " --on\n");
  }

  @Test
  void mistakesSayWhatToDo() {
    String id = create("");
    for (String words :
        List.of(
            "webhooks create",
            "webhooks change " + id,
            "webhooks change " + id + " --on --off",
            "webhooks change " + id + " --rate 3 --clear rate",
            "webhooks resend " + id,
            "webhooks resend " + id + " att_1 --failed",
            "webhooks resend " + id + " att_1 --since 2026-01-01")) {
      CommandRun run = run(words);
      assertThat(run.code()).as(words).isEqualTo(64);
      assertThat(run.err().lines()).as(words + ": " + run.err()).hasSize(1);
    }
    assertThat(run("webhooks create http://example.com/ --events scan.made").err())
        .contains("scan.created");
    assertThat(run("webhooks create http://[::1]:3000/x --events scan.created"))
        .matches(run -> run.code() == 1)
        .extracting(CommandRun::err)
        .asString()
        .endsWith(
            "; to reach this machine while you write the receiver: qpr webhooks listen --to http://[::1]:3000/x\n");
    assertThat(run("webhooks deliveries %s --state lost", id).err()).contains("succeeded");
  }

  private String create(String options) {
    CommandRun run =
        run("webhooks create %s --json --events scan.created %s", receiver.url(), options);
    assertThat(run.code()).as(run.err()).isZero();
    return TestServer.parse(run.out()).get("id").stringValue();
  }

  /// Attempts are written down a moment after their answers.
  private void awaitLog(String id, int attempts) {
    while (server.json("/v1/webhooks/" + id + "/deliveries").get("deliveries").size() < attempts) {
      Thread.onSpinWait();
    }
  }

  private CommandRun run(String words, Object... values) {
    var all = new ArrayList<>(Arrays.asList(words.formatted(values).strip().split(" +")));
    return CommandRun.on(server, all.toArray(String[]::new));
  }
}
