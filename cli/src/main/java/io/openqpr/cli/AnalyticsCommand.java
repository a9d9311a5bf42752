package io.openqpr.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "analytics",
    description = "Count the scans of one code, or of the whole account, over time and by country.")
final class AnalyticsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final VisitOptions visits = new VisitOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "The code's id; without it, the whole account.")
  private @Nullable String code;

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      completionCandidates = Choices.OfPeriod.class,
      description =
          "today, yesterday, 24h, 7d, 30d, 90d, mtd, ytd, 12mo or all; the server takes 30d.")
  private @Nullable String period;

  @Option(
      names = "--granularity",
      paramLabel = "UNIT",
      completionCandidates = Choices.OfGranularity.class,
      description =
          "What a bar stands for: hour, day, week, month, quarter or year; the server takes day.")
  private @Nullable String granularity;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Whose days are counted, such as Europe/Berlin; the server takes UTC.")
  private @Nullable String timezone;

  AnalyticsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String path =
        code == null ? "/v1/analytics" : "/v1/qpr-codes/" + Query.encoded(code) + "/analytics";
    Query query =
        Query.NONE
            .with("period", period)
            .with("granularity", granularity)
            .with("timezone", timezone);
    Reply counts = account.api(terminal).get(path, visits.addedTo(query));
    if (account.json()) {
      counts.printTo(terminal.out());
    } else {
      String unit = granularity == null ? "day" : granularity;
      var report = new AnalyticsReport(counts, unit, terminal.pictureWidth());
      report.lines().forEach(terminal.out()::println);
    }
    return 0;
  }
}
