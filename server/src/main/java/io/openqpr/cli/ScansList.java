package io.openqpr.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List scans, newest first.")
final class ScansList implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final ScanFilterOptions filter = new ScanFilterOptions();

  @ArgGroup private Listing.@Nullable Amount amount;

  ScansList(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var pages = new Pages(account.api(terminal), "/v1/scans", filter.query());
    var name = new Listing.Name("scans", "scan");
    new Listing(terminal, account.json(), pages, name, ScanRows::table).print(amount);
    return 0;
  }
}
