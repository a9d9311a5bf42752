package io.openqpr;

/// Starts OpenQPR from the command line.
public final class Main {

  /// The exit code for a command line that cannot be understood (EX_USAGE of sysexits.h).
  private static final int EXIT_USAGE = 64;

  private Main() {}

  public static void main(String[] args) {
    System.err.println("usage: qpr COMMAND [OPTION]...");
    System.exit(EXIT_USAGE);
  }
}
