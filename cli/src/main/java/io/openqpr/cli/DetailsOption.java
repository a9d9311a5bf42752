package io.openqpr.cli;

import picocli.CommandLine.Option;

/// Whether a scan's details are wanted.
final class DetailsOption {

  @Option(
      names = "--details",
      description = "With system, browser, language, referrer and the scan URL's parameters.")
  private boolean wanted;

  boolean wanted() {
    return wanted;
  }

  Query addedTo(Query query) {
    return wanted ? query.with("expand", "details") : query;
  }
}
