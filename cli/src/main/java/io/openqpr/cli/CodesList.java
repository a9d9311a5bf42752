package io.openqpr.cli;

import io.openqpr.cli.Table.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List the QPR codes, newest first.")
final class CodesList implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      completionCandidates = Choices.OfStatus.class,
      description = "Only codes of this status, such as active.")
  private @Nullable String status;

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "Only codes that have this in their name.")
  private @Nullable String search;

  @ArgGroup private Listing.@Nullable Amount amount;

  CodesList(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Query filter = Query.NONE.with("status", status).with("search", search);
    var pages = new Pages(account.api(terminal), "/v1/qpr-codes", filter);
    var name = new Listing.Name("qpr_codes", "code");
    new Listing(terminal, account.json(), pages, name, Listing.rows(CodesList::table))
        .print(amount);
    return 0;
  }

  private static Table table(JsonNode codes) {
    var table =
        new Table(
            Column.text("ID"),
            Column.text("SHORT ID"),
            Column.flexible("NAME"),
            Column.text("STATUS"),
            Column.number("SCANS"),
            Column.text("TEMPLATE").missable(1),
            Column.text("CREATED").missable(2));
    for (JsonNode code : codes) {
      String created = Reply.text(code, "created_at");
      table.row(
          Reply.text(code, "id"),
          Reply.text(code, "short_id"),
          Reply.text(code, "name"),
          Reply.text(code, "status"),
          Text.number(code.path("scans_total").asLong(0)),
          Reply.text(code, "template"),
          created.length() > 10 ? created.substring(0, 10) : created);
    }
    return table;
  }
}
