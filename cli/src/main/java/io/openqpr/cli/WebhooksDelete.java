package io.openqpr.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a webhook; what waits to be sent is not sent any more.")
final class WebhooksDelete implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  WebhooksDelete(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reply webhook = account.api(terminal).delete("/v1/webhooks/" + Query.encoded(id));
    if (account.json()) {
      webhook.printTo(terminal.out());
    } else {
      terminal.out().println("deleted " + webhook.text("id"));
    }
    return 0;
  }
}
