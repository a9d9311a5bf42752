package io.openqpr.cli;

import picocli.CommandLine.IVersionProvider;

/// Which OpenQPR this is: the jar's manifest says it.
final class Release implements IVersionProvider {

  static final String VERSION = version();

  private static String version() {
    String version = Release.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"OpenQPR " + VERSION};
  }
}
