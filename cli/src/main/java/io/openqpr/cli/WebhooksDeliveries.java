package io.openqpr.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "deliveries",
    description = "List a webhook's attempts, newest first: what was sent, and what became of it.",
    footer = {
      "",
      "Example:",
      "  qpr webhooks deliveries wh_01KB... --state failed --since 2026-03-20 --details"
    })
final class WebhooksDeliveries implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = States.class,
      description = "Only succeeded, retrying or failed ones.")
  private @Nullable String state;

  @Option(
      names = "--event",
      paramLabel = "TYPE",
      completionCandidates = EventTypes.class,
      description = "Only with events of this type, such as scan.created.")
  private @Nullable String type;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only after this, such as 2026-03-20 or 2026-03-20T15:30:00Z.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before this.")
  private @Nullable String until;

  @Option(
      names = "--details",
      description = "All that is known of each, the beginning of the answer too.")
  private boolean detailed;

  @ArgGroup private Listing.@Nullable Amount amount;

  WebhooksDeliveries(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Query filter =
        Query.NONE
            .with("state", state)
            .with("event", type)
            .with("since", since)
            .with("until", until);
    String path = "/v1/webhooks/" + Query.encoded(id) + "/deliveries";
    var pages = new Pages(account.api(terminal), path, filter);
    var name = new Listing.Name("deliveries", "attempt");
    Listing.Shown shown = detailed ? WebhooksDeliveries::blocks : Listing.rows(DeliveryText::table);
    new Listing(terminal, account.json(), pages, name, shown).print(amount);
    return 0;
  }

  private static void blocks(JsonNode attempts, Terminal terminal, int width, boolean headed) {
    for (JsonNode attempt : attempts) {
      if (headed) {
        terminal.out().println();
      }
      DeliveryText.facts(attempt).printTo(terminal.out());
      headed = true;
    }
  }

  private static final class States implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("succeeded", "retrying", "failed").iterator();
    }
  }
}
