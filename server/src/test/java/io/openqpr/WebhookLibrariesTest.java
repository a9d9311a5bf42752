package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openqpr.WebhookReceiver.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Standard Webhooks' library in JavaScript takes what is sent, and nothing else. (The one in Java
/// does so in `WebhooksTest`.)
class WebhookLibrariesTest {

  private static final String LIBRARY = "standardwebhooks@1.1.1";

  /// Prints `true` where the library takes it.
  private static final String PROGRAM =
      """
      import { createRequire } from 'node:module';
      import { readFileSync } from 'node:fs';
      const { Webhook } = createRequire(import.meta.url)('standardwebhooks');
      const [secret, file, headers] = process.argv.slice(2);
      try {
        const event = new Webhook(secret).verify(readFileSync(file), JSON.parse(headers));
        console.log(event.type === 'scan.created');
      } catch (e) {
        console.log(String(e));
      }
      """;

  @TempDir Path directory;

  @Test
  void theOneInJavaScriptVerifies() throws Exception {
    Path tools = Files.createDirectory(directory.resolve("tools"));
    assumeTrue(installed(tools), "npm is not here, or does not reach its registry");
    Path program = Files.writeString(tools.resolve("verify.mjs"), PROGRAM);
    try (var server = TestServer.in(directory.resolve("data"));
        var receiver = new WebhookReceiver()) {
      JsonNode webhook =
          server.json(
              "POST",
              "/v1/webhooks",
              "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(receiver.url()));
      String before = webhook.get("secret").stringValue();
      String path = "/v1/webhooks/" + webhook.get("id").stringValue();
      String after = server.json("POST", path + "/rotate", "{}").get("secret").stringValue();
      JsonNode code = server.createCode("ä € 😀");
      server.scan(code);
      Got got = receiver.next();

      String body = new String(got.body(), StandardCharsets.UTF_8);
      assertThat(verified(program, after, body, got)).isEqualTo("true");
      assertThat(verified(program, before, body, got)).isEqualTo("true");
      String other = "whsec_" + "A".repeat(43) + "=";
      assertThat(verified(program, other, body, got)).contains("No matching signature");
      assertThat(verified(program, after, body.replace("scan_", "scan-"), got))
          .contains("No matching signature");
    }
  }

  private static boolean installed(Path tools) throws Exception {
    Files.writeString(tools.resolve("package.json"), "{\"private\": true}");
    try {
      return run(tools, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", LIBRARY)
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String verified(Path program, String secret, String body, Got got)
      throws Exception {
    Path file = Files.writeString(program.resolveSibling("body.json"), body);
    String headers =
        "{\"webhook-id\": \"%s\", \"webhook-timestamp\": \"%s\", \"webhook-signature\": \"%s\"}"
            .formatted(
                got.id(),
                got.headers().get("webhook-timestamp"),
                got.headers().get("webhook-signature"));
    Process node =
        run(program.getParent(), "node", program.toString(), secret, file.toString(), headers);
    return node.inputReader().readAllAsString().strip();
  }

  private static Process run(Path in, String... command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(in.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process;
  }
}
