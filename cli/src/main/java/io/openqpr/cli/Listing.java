package io.openqpr.cli;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Prints a list of the API: one page or all, as a table or as JSON.
///
/// @param name the field that holds the list, and what is in it
/// @param shown for people
record Listing(Terminal terminal, boolean json, Pages pages, Name name, Shown shown) {

  /// Prints the things of one page.
  interface Shown {

    /// @param headed whether a page came before this one
    void print(JsonNode things, Terminal terminal, int width, boolean headed);
  }

  /// Rows under headings.
  static Shown rows(Function<JsonNode, Table> table) {
    return (things, terminal, width, headed) ->
        table.apply(things).lines(width).stream()
            .skip(headed ? 1 : 0)
            .forEach(terminal.out()::println);
  }

  /// @param one such as `scan`; its plural has an s
  record Name(String field, String one) {}

  /// How much of it.
  static final class Amount {

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200.")
    private @Nullable Integer limit;

    @Option(names = "--all", description = "All there are, page by page.")
    private boolean all;
  }

  void print(@Nullable Amount amount) {
    if (amount != null && amount.all) {
      printAll();
    } else {
      printPage(pages.one(amount == null ? null : amount.limit));
    }
  }

  private void printAll() {
    if (json) {
      pages.print(name.field(), terminal);
      return;
    }
    int width = terminal.tableWidth();
    boolean[] headed = {false};
    pages.each(page -> {
      printTable(page, width, headed[0]);
      headed[0] = true;
      Pages.stopWhenNobodyReads(terminal);
    });
  }

  private void printPage(Reply page) {
    if (json) {
      page.printTo(terminal.out());
      return;
    }
    printTable(page.json(), terminal.tableWidth(), false);
    int count = page.json().path(name.field()).size();
    if (count > 0 && page.number("total") > count) {
      terminal.out().flush();
      terminal.note(
          "%s of %s; --limit or --all shows more"
              .formatted(Text.number(count), Text.count(page.number("total"), name.one())));
    } else if (!page.json().has("total") && !page.text("next_cursor").isEmpty()) {
      terminal.out().flush();
      terminal.note(
          "the newest %s; --limit or --all shows more".formatted(Text.count(count, name.one())));
    }
  }

  private void printTable(JsonNode page, int width, boolean headed) {
    JsonNode things = page.path(name.field());
    if (things.isEmpty()) {
      terminal.note("there are no such " + name.one() + "s");
      return;
    }
    shown.print(things, terminal, width, headed);
  }
}
