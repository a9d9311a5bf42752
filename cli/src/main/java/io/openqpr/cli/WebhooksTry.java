package io.openqpr.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    description =
        "Send an event that never happened, now, and tell what your server said; 1 when it was not"
            + " delivered.")
final class WebhooksTry implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      completionCandidates = EventTypes.class,
      description = "Of this type; else of the webhook's first.")
  private @Nullable String type;

  WebhooksTry(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String body = Reply.json(type == null ? Map.of() : Map.of("type", type));
    Reply tried = account.api(terminal).post("/v1/webhooks/" + Query.encoded(id) + "/test", body);
    if (account.json()) {
      tried.printTo(terminal.out());
    } else {
      new VisitText()
          .with("event", tried.text("event_id"))
          .with("type", tried.text("type"))
          .with("status", tried.text("status"))
          .with("error", tried.text("error"))
          .with("why", tried.text("detail"))
          .with("answer", tried.text("response"))
          .with("phases", DeliveryText.phases(tried.json().path("phases_ms")))
          .printTo(terminal.out());
    }
    terminal.out().flush();
    if (tried.json().path("delivered").asBoolean(false)) {
      return 0;
    }
    terminal.note("not delivered: " + DeliveryText.answer(tried.json()));
    return Failure.REFUSED;
  }
}
