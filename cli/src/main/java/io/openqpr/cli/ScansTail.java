package io.openqpr.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "tail",
    description = "Print new scans as they come, each once, until Ctrl-C. With --json, one a line.")
final class ScansTail implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Option(names = "--code", paramLabel = "ID", description = "Only scans of the code of this id.")
  private @Nullable String code;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long to wait between questions: 0.1 to 3600; default ${DEFAULT-VALUE}.")
  private double seconds = 2;

  ScansTail(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!(seconds >= 0.1 && seconds <= 3600)) {
      throw Failure.usage("--interval must be from 0.1 to 3600 seconds; got " + seconds);
    }
    var news = new NewScans(account.api(terminal), Query.NONE.with("qpr_code_id", code));
    news.next(); // what was there before is not new
    endQuietlyAtCtrlC();
    boolean reachable = true;
    while (pause()) {
      try {
        news.next().forEach(this::print);
        reachable = true;
      } catch (Failure e) {
        if (e.exitCode() != Failure.UNREACHABLE) {
          throw e;
        }
        if (reachable) {
          terminal.note(e.line() + "; trying again until it is");
        }
        reachable = false;
      }
      Pages.stopWhenNobodyReads(terminal);
    }
    return 0;
  }

  private void print(JsonNode scan) {
    terminal.out().println(account.json() ? scan.toString() : ScanTable.line(scan));
  }

  private boolean pause() {
    try {
      Thread.sleep(Duration.ofMillis(Math.round(seconds * 1000)));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  // Ctrl-C is how this ends: no failure, so 0 where the JVM by itself would say 130.
  private static void endQuietlyAtCtrlC() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0), "end of tail"));
  }
}
