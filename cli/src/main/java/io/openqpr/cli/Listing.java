package io.openqpr.cli;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Prints a list of the API: one page or all, as a table or as JSON.
///
/// @param name the field that holds the list, and what is in it
/// @param table headings first, then a line for each thing of the list
record Listing(
    Terminal terminal, boolean json, Pages pages, Name name, Function<JsonNode, Table> table) {

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
    int shown = page.json().path(name.field()).size();
    if (shown > 0 && page.number("total") > shown) {
      terminal.out().flush();
      terminal.note(
          "%s of %s; --limit or --all shows more"
              .formatted(Text.number(shown), Text.count(page.number("total"), name.one())));
    }
  }

  private void printTable(JsonNode page, int width, boolean headed) {
    JsonNode things = page.path(name.field());
    if (things.isEmpty()) {
      terminal.note("there are no such " + name.one() + "s");
      return;
    }
    List<String> lines = table.apply(things).lines(width);
    lines.stream().skip(headed ? 1 : 0).forEach(terminal.out()::println);
  }
}
