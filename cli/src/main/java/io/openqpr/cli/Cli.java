package io.openqpr.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands of `qpr`, told apart and run. Exit codes: 0 done, 1 the server refused or not all
/// was done, 64 wrong usage, 69 the server is not reachable; each but 0 with one line on stderr.
public final class Cli {

  private final Terminal terminal;
  private final Map<String, Object> serverCommands;

  /// @param serverCommands by name, the commands that are the server itself, as picocli takes them
  public Cli(Terminal terminal, Map<String, Object> serverCommands) {
    this.terminal = terminal;
    this.serverCommands = serverCommands;
  }

  /// The names of all commands.
  public Set<String> commands() {
    return commandLine().getSubcommands().keySet();
  }

  /// Runs one command; returns the exit code.
  public int run(List<String> words) {
    // Java puts this character where the locale's encoding has none.
    if (words.stream().anyMatch(word -> word.indexOf('\uFFFD') >= 0)) {
      terminal.note("a word came garbled; use a UTF-8 locale, such as LC_ALL=C.UTF-8");
      return Failure.USAGE;
    }
    int code = commandLine().execute(words.toArray(String[]::new));
    terminal.err().flush();
    // Output that nobody took is work not done.
    return terminal.out().checkError() && code == 0 ? Failure.REFUSED : code;
  }

  private CommandLine commandLine() {
    var qpr = new CommandLine(new Qpr());
    serverCommands.forEach(qpr::addSubcommand);
    qpr.addSubcommand(new CommandLine(new Account()).addSubcommand(new AccountCreate(terminal)));
    qpr.addSubcommand(
        new CommandLine(new Codes())
            .addSubcommand(new CodesList(terminal))
            .addSubcommand(new CodesCreate(terminal)));
    qpr.addSubcommand(
        new CommandLine(new Scans())
            .addSubcommand(new ScansList(terminal))
            .addSubcommand(new ScansTail(terminal))
            .addSubcommand(new ScansImport(terminal))
            .addSubcommand(new ScansExport(terminal)));
    qpr.addSubcommand(
        new CommandLine(new Events())
            .addSubcommand(new EventsList(terminal))
            .addSubcommand(new EventsTail(terminal)));
    qpr.addSubcommand(
        new CommandLine(new Webhooks())
            .addSubcommand(new WebhooksListen(terminal))
            .addSubcommand(new WebhooksCreate(terminal))
            .addSubcommand(new WebhooksList(terminal))
            .addSubcommand(new WebhooksShow(terminal))
            .addSubcommand(new WebhooksChange(terminal))
            .addSubcommand(new WebhooksDelete(terminal))
            .addSubcommand(new WebhooksRotate(terminal))
            .addSubcommand(new WebhooksTry(terminal))
            .addSubcommand(new WebhooksDeliveries(terminal))
            .addSubcommand(new WebhooksResend(terminal)));
    qpr.addSubcommand(new AnalyticsCommand(terminal));
    qpr.addSubcommand(new Completion(terminal));
    qpr.setOut(new PrintWriter(terminal.out(), true));
    qpr.setErr(new PrintWriter(terminal.err(), true));
    qpr.registerConverter(ImportSource.Format.class, ImportSource.Format::of);
    qpr.setParameterExceptionHandler((e, words) -> misused(e));
    qpr.setExecutionExceptionHandler((e, line, result) -> failed(e));
    return qpr;
  }

  private int misused(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String near =
        e instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()
            ? "; did you mean `" + unmatched.getSuggestions().getFirst() + "`?"
            : "";
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    terminal.note(message + near + "; try: " + command + " --help");
    return Failure.USAGE;
  }

  private int failed(Exception e) {
    if (e instanceof Failure failure) {
      // Nobody is left to read where the output was closed.
      if (!failure.line().isEmpty()) {
        terminal.out().flush();
        terminal.note(failure.line());
      }
      return failure.exitCode();
    }
    terminal.note("a mistake of this program, please report it: " + e);
    return Failure.REFUSED;
  }

  @Command(
      name = "qpr",
      description = "The server behind QR codes that open an AI conversation, and its client.",
      mixinStandardHelpOptions = true,
      versionProvider = Release.class,
      scope = ScopeType.INHERIT,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        " 0:done",
        " 1:the server refused, or not all was done",
        " 2:the server cannot start",
        "64:wrong usage",
        "69:the server is not reachable"
      })
  private static final class Qpr {}

  @Command(name = "account", description = "Accounts and their first keys.")
  private static final class Account {}

  @Command(name = "codes", description = "QPR codes.")
  private static final class Codes {}

  @Command(name = "scans", description = "Recorded scans.")
  private static final class Scans {}

  @Command(name = "events", description = "What happened, in order: scans, conversations, codes.")
  private static final class Events {}

  @Command(name = "webhooks", description = "Events sent to your server.")
  private static final class Webhooks {}
}
