package io.openqpr.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server is spoken to, and in which form its answers are printed.
class ServerOptions {

  private static final String DEFAULT_URL = "http://localhost:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server; else QPR_URL, else " + DEFAULT_URL + ".")
  private @Nullable String url;

  @Option(names = "--json", description = "Print the server's JSON as it came, for machines.")
  private boolean json;

  final boolean json() {
    return json;
  }

  final ApiClient api(String key, Terminal terminal) {
    return new ApiClient(base(terminal), key, terminal);
  }

  private String base(Terminal terminal) {
    String text = (url != null ? url : terminal.environment().getOrDefault("QPR_URL", "")).strip();
    if (text.isEmpty()) {
      return DEFAULT_URL;
    }
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return text.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw Failure.usage(
        "the server must be an http or https URL such as %s; got `%s`"
            .formatted(DEFAULT_URL, text));
  }

  /// The option's value, else the environment's.
  static String secret(
      @Nullable String given, String optionName, String variable, Terminal terminal) {
    String text =
        (given != null ? given : terminal.environment().getOrDefault(variable, "")).strip();
    if (text.isEmpty()) {
      throw Failure.usage("there is no key: set " + variable + " or give " + optionName);
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw Failure.usage(
          "a key has only visible ASCII characters; look at " + variable + " or " + optionName);
    }
    return text;
  }
}
