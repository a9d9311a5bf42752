package io.openqpr.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Have events sent to your server, and print the secret they are signed with.",
    footer = {
      "",
      "Example:",
      "  qpr webhooks create https://example.com/hooks --events scan.created --filter country=DE"
    })
final class WebhooksCreate implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final WebhookFields fields = new WebhookFields();

  @Parameters(paramLabel = "URL", description = "Where to, such as https://example.com/hooks.")
  private String to = "";

  WebhooksCreate(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("url", to);
    body.putAll(fields.given());
    Reply webhook;
    try {
      webhook = account.api(terminal).post("/v1/webhooks", Reply.json(body));
    } catch (Failure e) {
      throw WebhookTarget.explained(e, to);
    }
    if (account.json()) {
      webhook.printTo(terminal.out());
      return 0;
    }
    WebhookText.facts(webhook.json()).printTo(terminal.out());
    terminal.out().flush();
    terminal.note(
        "keep the secret: it is shown this once. Try it: qpr webhooks test " + webhook.text("id"));
    return 0;
  }
}
