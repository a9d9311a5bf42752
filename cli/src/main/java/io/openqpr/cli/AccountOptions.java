package io.openqpr.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The server, and the account by its key.
final class AccountOptions extends ServerOptions {

  @Option(names = "--key", paramLabel = "KEY", description = "The API key; else QPR_API_KEY.")
  private @Nullable String key;

  ApiClient api(Terminal terminal) {
    return api(secret(key, "--key", "QPR_API_KEY", terminal), terminal);
  }
}
