package io.openqpr.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "import",
    description =
        "Bring scans in from a file of NDJSON or CSV. What is there already is left alone.")
final class ScansImport implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(
      paramLabel = "FILE",
      description = "Such as scans.ndjson, scans.csv, scans.csv.gz; - for stdin.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "ndjson or csv, where the file's name does not say it.")
  private ImportSource.@Nullable Format format;

  @Option(names = "--create-codes", description = "Make codes that are not there yet.")
  private boolean createCodes;

  @Option(
      names = "--columns",
      paramLabel = "FIELD=COLUMN",
      split = ",",
      description = "Where the file calls a field otherwise; for several, give it again.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(names = "--ignore-unknown-columns", description = "Leave out what no scan has.")
  private boolean ignoreUnknownColumns;

  ScansImport(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ApiClient api = account.api(terminal);
    Reply counts;
    try (ImportSource source = ImportSource.open(file.toString(), format, terminal);
        Progress progress =
            new Progress(terminal.err(), terminal.errColumns().getAsInt(), source.sizeBytes())) {
      counts = upload(api, source, progress);
    }
    if (account.json()) {
      counts.printTo(terminal.out());
    } else {
      print(counts);
    }
    return counts.number("failed") == 0 ? 0 : Failure.REFUSED;
  }

  private Reply upload(ApiClient api, ImportSource source, Progress progress) {
    String[] headers =
        source.gzip()
            ? new String[] {
              "Content-Type", source.format().contentType(), "Content-Encoding", "gzip"
            }
            : new String[] {"Content-Type", source.format().contentType()};
    return api.upload("/v1/scans/import", query(), source.counted(progress), headers);
  }

  private Query query() {
    String pairs =
        columns.entrySet().stream()
            .map(column -> column.getKey() + ":" + column.getValue())
            .collect(Collectors.joining(","));
    return Query.NONE
        .with("create_codes", createCodes ? true : null)
        .with("ignore_unknown_columns", ignoreUnknownColumns ? true : null)
        .with("columns", pairs.isEmpty() ? null : pairs);
  }

  private void print(Reply counts) {
    terminal
        .out()
        .printf(
            "%s imported, %s already present, %s failed; %s created%n",
            Text.count(counts.number("imported"), "scan"),
            Text.number(counts.number("already_present")),
            Text.number(counts.number("failed")),
            Text.count(counts.number("codes_created"), "code"));
    terminal.out().flush();
    JsonNode errors = counts.json().path("errors");
    for (JsonNode error : errors) {
      String field = Reply.text(error, "field");
      terminal.note(
          "line %s: %s%s"
              .formatted(
                  Reply.text(error, "line"),
                  field.isEmpty() ? "" : field + ": ",
                  Reply.text(error, "message")));
    }
    long untold = counts.number("failed") - errors.size();
    if (untold > 0 && !errors.isEmpty()) {
      terminal.note("and more: these are the first " + errors.size() + " mistakes");
    }
  }
}
