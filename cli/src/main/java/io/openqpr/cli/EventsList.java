package io.openqpr.cli;

import io.openqpr.cli.Table.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "list",
    description = "List events, oldest first, one page of them, and where to go on.",
    footer = {"", "Example:", "  qpr events list --events scan.created --filter country=DE"})
final class EventsList implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final EventFilterOptions filter = new EventFilterOptions();

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Behind this, as the page before said; else from the beginning.")
  private @Nullable String after;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200.")
  private @Nullable Integer limit;

  EventsList(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Query query = filter.query().with("after", after).with("limit", limit);
    Reply page = account.api(terminal).get("/v1/events", query);
    if (account.json()) {
      page.printTo(terminal.out());
      return 0;
    }
    var table =
        new Table(
            Column.text("CREATED AT"),
            Column.text("TYPE"),
            Column.text("OF"),
            Column.text("ID").missable(1));
    JsonNode events = page.json().path("events");
    for (JsonNode event : events) {
      table.row(
          Reply.text(event, "created_at"),
          Reply.text(event, "type"),
          Reply.text(event.path("data"), "id"),
          Reply.text(event, "id"));
    }
    if (!events.isEmpty()) {
      table.lines(terminal.tableWidth()).forEach(terminal.out()::println);
    }
    terminal.out().flush();
    boolean more = page.json().path("more").asBoolean(false);
    terminal.note(
        (more ? "there is more: " : "that is all until now; go on with ")
            + "--after "
            + page.text("next_cursor"));
    return 0;
  }
}
