package io.openqpr.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Open an account, and print its first key.")
final class AccountCreate implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--operator-key",
      paramLabel = "KEY",
      description = "The operator's key, as the server has it; else QPR_OPERATOR_KEY.")
  private @Nullable String operatorKey;

  @Parameters(paramLabel = "NAME", description = "Whose account it is.")
  private String name = "";

  AccountCreate(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String key = ServerOptions.secret(operatorKey, "--operator-key", "QPR_OPERATOR_KEY", terminal);
    Reply account =
        server.api(key, terminal).post("/v1/accounts", Reply.json(Map.of("name", name)));
    if (server.json()) {
      account.printTo(terminal.out());
      return 0;
    }
    new VisitText()
        .with("id", account.text("id"))
        .with("name", account.text("name"))
        .with("API key", account.text("key"))
        .printTo(terminal.out());
    terminal.out().flush();
    terminal.note("keep the key: it is shown this once");
    return 0;
  }
}
