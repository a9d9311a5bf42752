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

  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Option(names = "--code", paramLabel = "ID", description = "Only scans of the code of this id.")
  private @Nullable String code;

  @Mixin private final VisitOptions visits = new VisitOptions();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description =
          "How long to wait before coming again after a lost line, and between questions to a server"
              + " that has no stream of events: 0.1 to 3600; else 1 and 2.")
  private @Nullable Double seconds;

  ScansTail(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (seconds != null && !(seconds >= 0.1 && seconds <= 3600)) {
      throw Failure.usage("--interval must be from 0.1 to 3600 seconds; got " + seconds);
    }
    ApiClient api = account.api(terminal);
    Query filter = visits.addedTo(Query.NONE.with("qpr_code_id", code));
    Query scans = filter.with("types", "scan.created");
    String head;
    try {
      head = EventStream.head(api, scans);
    } catch (Failure e) {
      if (e.status() == 404 || e.status() == 403) {
        return ask(new NewScans(api, filter), e);
      }
      throw e;
    }
    CtrlC.endsQuietly();
    new EventStream(api, scans, head, interval(EventStream.PAUSE), terminal)
        .follow(event -> {
          print(event.json().path("data"));
          Pages.stopWhenNobodyReads(terminal);
        });
    return 0;
  }

  private Duration interval(Duration usual) {
    return seconds == null ? usual : Duration.ofMillis(Math.round(seconds * 1000));
  }

  /// A server of before there was a stream, or a key that may not read it, has scans all the same.
  private int ask(NewScans news, Failure why) {
    news.next(); // what was there before is not new
    Duration interval = interval(BETWEEN_QUESTIONS);
    terminal.note(
        "no stream of events (%s); asking every %s s instead"
            .formatted(why.line(), interval.toMillis() / 1000.0));
    CtrlC.endsQuietly();
    boolean reachable = true;
    while (pause(interval)) {
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

  private static boolean pause(Duration interval) {
    try {
      Thread.sleep(interval);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
