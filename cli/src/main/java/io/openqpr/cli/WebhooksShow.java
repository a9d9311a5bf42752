package io.openqpr.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a webhook: what it is told of, and whether it is on.")
final class WebhooksShow implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  WebhooksShow(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reply webhook = account.api(terminal).get("/v1/webhooks/" + Query.encoded(id), Query.NONE);
    if (account.json()) {
      webhook.printTo(terminal.out());
    } else {
      WebhookText.facts(webhook.json()).printTo(terminal.out());
    }
    return 0;
  }
}
