package io.openqpr.cli;

import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "list", description = "List scans, newest first.")
final class ScansList implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final ScanFilterOptions filter = new ScanFilterOptions();
  @Mixin private final VisitOptions visits = new VisitOptions();
  @Mixin private final DetailsOption details = new DetailsOption();

  @ArgGroup private Listing.@Nullable Amount amount;

  ScansList(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Query query = details.addedTo(visits.addedTo(filter.query()));
    var pages = new Pages(account.api(terminal), "/v1/scans", query);
    Function<JsonNode, Table> table = scans -> ScanTable.table(scans, details.wanted());
    var name = new Listing.Name("scans", "scan");
    new Listing(terminal, account.json(), pages, name, Listing.rows(table)).print(amount);
    return 0;
  }
}
