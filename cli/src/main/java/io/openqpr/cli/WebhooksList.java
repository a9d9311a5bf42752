package io.openqpr.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the webhooks.")
final class WebhooksList implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  WebhooksList(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reply list = account.api(terminal).get("/v1/webhooks", Query.NONE);
    JsonNode webhooks = list.json().path("webhooks");
    if (account.json()) {
      list.printTo(terminal.out());
    } else if (webhooks.isEmpty()) {
      terminal.note("there are no webhooks; `qpr webhooks create` makes one");
    } else {
      WebhookText.table(webhooks).lines(terminal.tableWidth()).forEach(terminal.out()::println);
    }
    return 0;
  }
}
