package io.openqpr.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rotate",
    description = "Give a webhook a new secret, and print it; for a while the old one signs too.")
final class WebhooksRotate implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  @Option(
      names = "--overlap",
      paramLabel = "HOURS",
      description = "How long the old one signs too: 0 to 720; the server takes 24.")
  private @Nullable Integer overlapHours;

  WebhooksRotate(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String body =
        Reply.json(overlapHours == null ? Map.of() : Map.of("overlap_hours", overlapHours));
    Reply webhook =
        account.api(terminal).post("/v1/webhooks/" + Query.encoded(id) + "/rotate", body);
    if (account.json()) {
      webhook.printTo(terminal.out());
      return 0;
    }
    new VisitText()
        .with("id", webhook.text("id"))
        .with("secret", webhook.text("secret"))
        .with("old secret until", webhook.text("previous_secret_until"))
        .printTo(terminal.out());
    terminal.out().flush();
    terminal.note("keep the secret: it is shown this once");
    return 0;
  }
}
