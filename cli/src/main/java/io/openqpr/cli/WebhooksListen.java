package io.openqpr.cli;

import io.openqpr.cli.LocalReceiver.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "listen",
    description =
        "Post each event to a URL of this machine, signed as the server signs, until Ctrl-C: no tunnel"
            + " and no webhook is needed. With --json, one attempt a line.",
    footer = {
      "",
      "Example:",
      "  qpr webhooks listen --to http://localhost:3000/hooks --events scan.created"
    })
final class WebhooksListen implements Callable<Integer> {

  private static final Duration LONG_PAUSE = Duration.ofSeconds(4);

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final EventFilterOptions filter = new EventFilterOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "Where to, such as http://localhost:3000/hooks; 3000 is its port alone.")
  private String to = "";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "What to sign with; else one is made and printed.")
  private @Nullable String secret;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "Sent along with each event; may be given again.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long an answer may take: 1 to 3600; default ${DEFAULT-VALUE}.")
  private int timeoutSeconds = 5;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often an event is sent that was not answered with 2xx, a second between: 1 to 100;"
              + " default ${DEFAULT-VALUE}.")
  private int mostAttempts = 1;

  private long sequence;

  WebhooksListen(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    between("--timeout", timeoutSeconds, 3600);
    between("--attempts", mostAttempts, 100);
    var receiver = new LocalReceiver(LocalReceiver.parse(to), Duration.ofSeconds(timeoutSeconds));
    receiver.check(headers);
    SigningSecret signs = secret == null ? SigningSecret.random() : SigningSecret.parse(secret);
    ApiClient api = account.api(terminal);
    String head = EventStream.head(api, filter.query());
    begin(receiver, signs);
    CtrlC.endsQuietly();
    new EventStream(api, filter.query(), head, EventStream.PAUSE, terminal)
        .follow(event -> {
          try {
            deliver(event, receiver, signs);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return 0;
  }

  private static void between(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw Failure.usage("%s must be from 1 to %d; got %d".formatted(option, most, value));
    }
  }

  private void begin(LocalReceiver receiver, SigningSecret signs) {
    if (account.json()) {
      terminal
          .out()
          .println(Reply.json(Map.of("secret", signs.text(), "to", receiver.url().toString())));
    } else {
      new VisitText()
          .with("secret", signs.text())
          .with("sending to", receiver.url().toString())
          .printTo(terminal.out());
    }
    terminal.out().flush();
  }

  /// One event after the other: what does not accept connections is waited for, and what answers
  /// otherwise than it should is told, and left behind.
  private void deliver(StreamedEvent event, LocalReceiver receiver, SigningSecret signs)
      throws InterruptedException {
    JsonNode json = event.json();
    String id = Reply.text(json, "id");
    sequence++;
    boolean toldAway = false;
    Duration pause = Duration.ofMillis(250);
    for (int attempt = 1; ; ) {
      Posted posted = receiver.post(headers(id, signs, event.payload()), event.payload());
      if (posted.isAwayReceiver()) {
        if (!toldAway) {
          terminal.note(
              "%s: %s; waiting until it answers, no event is left out"
                  .formatted(receiver.url(), posted.detail()));
        }
        toldAway = true;
        Thread.sleep(pause);
        pause = pause.compareTo(LONG_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        continue;
      }
      print(json, attempt, posted);
      Pages.stopWhenNobodyReads(terminal);
      if (posted.error() == null || attempt == mostAttempts) {
        return;
      }
      attempt++;
      Thread.sleep(EventStream.PAUSE);
    }
  }

  private List<String> headers(String id, SigningSecret signs, byte[] body) {
    var all = new ArrayList<>(signs.headers(id, Instant.now(), body));
    all.addAll(List.of("X-3QPR-Sequence", String.valueOf(sequence)));
    headers.forEach((name, value) -> all.addAll(List.of(name, value)));
    return all;
  }

  private void print(JsonNode event, int attempt, Posted posted) {
    terminal.out().println(account.json() ? json(event, attempt, posted) : line(event, posted));
  }

  private String json(JsonNode event, int attempt, Posted posted) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("event_id", Reply.text(event, "id"));
    fields.put("type", Reply.text(event, "type"));
    fields.put("created_at", Reply.text(event, "created_at"));
    fields.put("sequence", sequence);
    fields.put("attempt", attempt);
    fields.put("status", posted.status());
    fields.put("error", posted.error());
    fields.put("detail", posted.detail().isEmpty() ? null : posted.detail());
    fields.put("ms", posted.millis());
    return Reply.json(fields);
  }

  private static String line(JsonNode event, Posted posted) {
    String outcome = posted.status() == null ? posted.error() : posted.status().toString();
    String detail = posted.detail().isEmpty() ? "" : ": " + Text.cut(posted.detail(), 100);
    return Text.printable(
        "%-24s  %-22s  %s  %s in %d ms%s"
            .formatted(
                Reply.text(event, "created_at"),
                Reply.text(event, "type"),
                Reply.text(event, "id"),
                outcome,
                posted.millis(),
                detail));
  }
}
