package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.openqpr.Cable;
import io.openqpr.TestServer;
import io.openqpr.WebhookReceiver;
import io.openqpr.WebhookReceiver.Got;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `qpr webhooks listen` between the real server and a receiver, each of which may go away.
class WebhooksListenTest {

  @TempDir Path directory;
  private TestServer server;
  private WebhookReceiver receiver;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
    receiver = new WebhookReceiver();
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  @Test
  void sendsTheBytesThatTheServerSendsSignedTheSameWay() throws Exception {
    try (var direct = new WebhookReceiver();
        var listen = listen("--events", "scan.created", "--header", "X-Mine=a=b")) {
      server.json(
          "POST",
          "/v1/webhooks",
          "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(direct.url()));
      server.scan(code);
      Got ofServer = direct.next();
      Got got = receiver.next();

      assertThat(got.body()).isEqualTo(ofServer.body());
      var names = new ArrayList<>(got.headers().keySet());
      names.remove("X-mine");
      assertThat(names).containsAll(withoutConnection(ofServer));
      assertThat(got.headers()).containsEntry("X-Mine", "a=b");
      for (String name : List.of("Content-Type", "User-Agent", "webhook-id")) {
        assertThat(got.headers().get(name)).as(name).isEqualTo(ofServer.headers().get(name));
      }
      String secret = listen.json().getFirst().get("secret").stringValue();
      var headers = new HashMap<String, List<String>>();
      got.headers().forEach((name, value) -> headers.put(name, List.of(value)));
      new Webhook(secret)
          .verify(
              new String(got.body(), StandardCharsets.UTF_8),
              HttpHeaders.of(headers, (_, _) -> true));
      assertThat(got.headers().get("X-3QPR-Signature"))
          .isEqualTo(SigningSecret.parse(secret).headers("", Instant.EPOCH, got.body()).get(1));
    }
  }

  private static List<String> withoutConnection(Got got) {
    return got.headers().keySet().stream().filter(n -> !n.equalsIgnoreCase("Connection")).toList();
  }

  @Test
  void tellsOfEachAnswerAndGoesOn() throws Exception {
    try (var listen = listen()) {
      receiver.answer(got -> got.sequence() == 2 ? 500 : 204);
      server.scan(code);
      server.scan(code);
      server.scan(code);

      listen.await(() -> listen.json().size() == 4);
      List<JsonNode> lines = listen.json();
      assertThat(lines.get(1).get("status").intValue()).isEqualTo(204);
      assertThat(lines.get(2).get("status").intValue()).isEqualTo(500);
      assertThat(lines.get(2).get("error").stringValue()).isEqualTo("status");
      assertThat(lines.get(3).get("status").intValue()).isEqualTo(204);
      assertThat(receiver.next(3)).extracting(Got::sequence).containsExactly(1L, 2L, 3L);
      assertThat(listen.err()).isEmpty();
    }
  }

  @Test
  void triesAgainWithTheSameBytesWhereThatIsWanted() throws Exception {
    var left = new AtomicInteger(2);
    receiver.answer(_ -> left.getAndDecrement() > 0 ? 503 : 200);
    try (var listen = listen("--attempts", "5")) {
      server.scan(code);

      listen.await(() -> listen.json().size() == 4);
      List<Got> got = receiver.next(3);
      assertThat(got).extracting(Got::id).containsOnly(got.getFirst().id());
      assertThat(got).extracting(Got::sequence).containsOnly(1L);
      assertThat(got).allMatch(g -> Arrays.equals(g.body(), got.getFirst().body()));
      assertThat(listen.json()).last().extracting(l -> l.get("attempt").intValue()).isEqualTo(3);
    }
  }

  @Test
  void waitsForAReceiverThatIsAway() throws Exception {
    try (var listen = listen()) {
      server.scan(code);
      listen.await(() -> listen.json().size() == 2);
      int port = receiver.port();
      receiver.close();
      server.scan(code);
      server.scan(code);
      listen.await(() -> !listen.err().isEmpty());
      receiver = new WebhookReceiver(port);

      assertThat(receiver.next(2)).extracting(Got::sequence).containsExactly(2L, 3L);
      assertThat(listen.err())
          .isEqualTo(
              "qpr: %s: nothing listens there; waiting until it answers, no event is left out\n"
                  .formatted(receiver.url()));
    }
  }

  @Test
  void linesThatAreCutLoseNoEventAndRepeatNone() throws Exception {
    try (var cable = new Cable(server.port())) {
      Map<String, String> environment = CommandRun.environment(server);
      environment.put("QPR_URL", "http://127.0.0.1:" + cable.port());
      try (var listen = listen(environment)) {
        for (int i = 0; i < 4; i++) {
          scan(10);
          cable.cut(5);
        }
        scan(10);

        assertInOrderEachOnce(50);
        assertThat(listen.err()).contains("is back; nothing was missed");
      }
    }
  }

  @Test
  void aRestartOfTheServerLosesNoEventAndRepeatsNone() throws Exception {
    try (var listen = listen()) {
      scan(5);
      int port = server.port();
      server.close();
      listen.await(() -> !listen.err().isEmpty());
      server = TestServer.on(port, directory);
      scan(5);

      assertInOrderEachOnce(10);
      assertThat(listen.err().lines()).hasSize(2);
      assertThat(listen.isRunning()).isTrue();
    }
  }

  @Test
  void saysWhatIsWrongBeforeItBegins() {
    for (String words :
        List.of(
            "",
            "--to ftp://x",
            "--to http://localhost:99999/",
            "--to 3000 --secret abc",
            "--to 3000 --secret whsec_!",
            "--to 3000 --timeout 0",
            "--to 3000 --attempts 0",
            "--to 3000 --header Host=x")) {
      CommandRun run = CommandRun.on(server, ("webhooks listen " + words).strip().split(" "));
      assertThat(run.code()).as(words).isEqualTo(64);
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
    }
    CommandRun run =
        CommandRun.on(server, "webhooks", "listen", "--to", "3000", "--events", "scan.make");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("scan.created");
  }

  @Test
  void whatIsLeftOfAUrlIsUnderstood() {
    assertThat(LocalReceiver.parse("3000")).hasToString("http://localhost:3000");
    assertThat(LocalReceiver.parse("3000/hooks")).hasToString("http://localhost:3000/hooks");
    assertThat(LocalReceiver.parse("localhost:3000/a?b=c"))
        .hasToString("http://localhost:3000/a?b=c");
    assertThat(LocalReceiver.parse("https://dev.test/x")).hasToString("https://dev.test/x");
  }

  private RunningCommand listen(String... more) throws InterruptedException {
    return listen(CommandRun.environment(server), more);
  }

  /// Returns when it has begun: what happens from now on is told.
  private RunningCommand listen(Map<String, String> environment, String... more)
      throws InterruptedException {
    var words = new ArrayList<>(List.of("webhooks", "listen", "--json", "--to", receiver.url()));
    words.addAll(List.of(more));
    var listen = new RunningCommand(environment, words.toArray(String[]::new));
    listen.await(() -> !listen.json().isEmpty());
    return listen;
  }

  private void assertInOrderEachOnce(int count) {
    List<Got> got = receiver.next(count);
    var scans = new ArrayList<String>();
    server
        .json("/v1/scans?limit=200")
        .get("scans")
        .forEach(scan -> scans.add(scan.get("id").stringValue()));
    assertThat(got.stream().map(g -> g.json().get("data").get("id").stringValue()))
        .containsExactlyElementsOf(scans.reversed());
    assertThat(got.getLast().sequence()).isEqualTo(count);
  }

  private void scan(int times) {
    for (int i = 0; i < times; i++) {
      server.scan(code);
    }
  }
}
