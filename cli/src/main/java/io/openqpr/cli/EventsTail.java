package io.openqpr.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "tail",
    description =
        "Print events as they happen, each once, until Ctrl-C. With --json, one a line, byte for byte"
            + " as webhooks are sent it.",
    footer = {"", "Example:", "  qpr events tail --events conversation.completed --json"})
final class EventsTail implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final EventFilterOptions filter = new EventFilterOptions();

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "First all behind this, as `qpr events list` said; else only what comes now.")
  private @Nullable String after;

  EventsTail(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ApiClient api = account.api(terminal);
    String place = after == null ? EventStream.head(api, filter.query()) : after;
    CtrlC.endsQuietly();
    new EventStream(api, filter.query(), place, EventStream.PAUSE, terminal)
        .follow(event -> {
          print(event);
          Pages.stopWhenNobodyReads(terminal);
        });
    return 0;
  }

  private void print(StreamedEvent event) {
    if (account.json()) {
      terminal.out().write(event.payload(), 0, event.payload().length);
      terminal.out().print('\n');
      return;
    }
    JsonNode json = event.json();
    terminal
        .out()
        .println(
            Text.printable(
                "%-24s  %-22s  %s"
                    .formatted(
                        Reply.text(json, "created_at"),
                        event.type(),
                        Reply.text(json.path("data"), "id"))));
  }
}
