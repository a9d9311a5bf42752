package io.openqpr.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "analytics",
    description =
        "Count the scans of one code, or of the whole account: over time, by any field, beside another time.")
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
          "7d, 30d, 90d, all, today, yesterday, 24h, mtd, ytd or 12mo; the server takes 30d.")
  private @Nullable String period;

  @Option(
      names = "--granularity",
      paramLabel = "UNIT",
      completionCandidates = Choices.OfGranularity.class,
      description =
          "What a bar stands for: hour, day, week, month, quarter, year or auto; the server takes day.")
  private @Nullable String granularity;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Whose days are counted, such as Europe/Berlin; the server takes UTC.")
  private @Nullable String timezone;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "In place of a period: from then on; a date is its midnight in the time zone.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Until then; now without it.")
  private @Nullable String until;

  @Option(
      names = "--by",
      paramLabel = "FIELD[,FIELD]",
      description =
          "A table by one field or two, such as country,device or params.utm_source; with --compare"
              + " one table for each.")
  private @Nullable String by;

  @Option(
      names = "--sort",
      paramLabel = "NUMBER",
      description =
          "How the table is sorted: scans, scans_unique_devices, conversations,"
              + " conversation_rate or messages.")
  private @Nullable String sort;

  @Option(names = "--limit", paramLabel = "N", description = "Rows of the table, up to 90.")
  private @Nullable Integer limit;

  @Option(
      names = "--compare",
      paramLabel = "WITH",
      description = "previous, year, or custom with --compare-since.")
  private @Nullable String compare;

  @Option(names = "--compare-since", paramLabel = "TIME", description = "The other time begins.")
  private @Nullable String compareSince;

  @Option(names = "--compare-until", paramLabel = "TIME", description = "The other time ends.")
  private @Nullable String compareUntil;

  @Option(
      names = "--compare-align",
      paramLabel = "HOW",
      description = "elapsed, or weekday to go back by whole weeks.")
  private @Nullable String compareAlign;

  @Option(names = "--funnel", description = "How far conversations went.")
  private boolean funnel;

  AnalyticsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String path =
        code == null ? "/v1/analytics" : "/v1/qpr-codes/" + Query.encoded(code) + "/analytics";
    boolean table = by != null && compare == null;
    if (!table && (sort != null || limit != null)) {
      throw Failure.usage("--sort and --limit go with --by, without --compare");
    }
    if (table && granularity != null) {
      throw Failure.usage("--granularity goes without --by: a table has no series");
    }
    Query range =
        visits.addedTo(
            Query.NONE
                .with("period", period)
                .with("since", since)
                .with("until", until)
                .with("timezone", timezone)
                .with("funnel", funnel ? "true" : null));
    Reply reply =
        table
            ? account
                .api(terminal)
                .get(
                    path + "/breakdown",
                    range.with("by", by).with("sort", sort).with("limit", limit))
            : account.api(terminal).get(path, question(range));
    if (account.json()) {
      reply.printTo(terminal.out());
    } else if (table) {
      BreakdownTable.lines(reply.json(), terminal.tableWidth()).forEach(terminal.out()::println);
    } else {
      var report = new AnalyticsReport(reply, unit(reply), terminal.pictureWidth());
      report.lines().forEach(terminal.out()::println);
    }
    return 0;
  }

  private Query question(Query range) {
    return range
        .with("granularity", granularity)
        .with("breakdowns", by)
        .with("compare", compare)
        .with("compare_since", compareSince)
        .with("compare_until", compareUntil)
        .with("compare_align", compareAlign);
  }

  /// What a bucket is, where the server chose it too.
  private String unit(Reply reply) {
    String told = Reply.text(reply.json().path("question"), "granularity");
    return !told.isEmpty() ? told : granularity == null ? "day" : granularity;
  }
}
