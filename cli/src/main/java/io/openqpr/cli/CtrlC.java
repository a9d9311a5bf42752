package io.openqpr.cli;

/// Ctrl-C where it is how a command ends: no failure, so 0 where the JVM by itself would say 130.
final class CtrlC {

  private CtrlC() {}

  static void endsQuietly() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0), "quiet end"));
  }
}
