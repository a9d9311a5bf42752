package io.openqpr.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which scans are meant.
final class ScanFilterOptions {

  @Option(names = "--code", paramLabel = "ID", description = "Only scans of the code of this id.")
  private @Nullable String code;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only scans after this, such as 2026-03-20 or 2026-03-20T15:30:00Z.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only scans before this.")
  private @Nullable String until;

  Query query() {
    return Query.NONE.with("qpr_code_id", code).with("since", since).with("until", until);
  }
}
