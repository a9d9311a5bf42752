package io.openqpr.bench;

/// Starts the benchmark from the command line.
public final class Main {

  /// The exit code for a command line that cannot be understood (EX_USAGE of sysexits.h).
  private static final int EXIT_USAGE = 64;

  private Main() {}

  public static void main(String[] args) {
    System.err.println("usage: qpr bench [OPTION]...");
    System.exit(EXIT_USAGE);
  }
}
