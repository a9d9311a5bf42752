package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The receivers in docs/webhooks.md are run as they stand there.
class WebhookDocsTest {

  @TempDir Path directory;

  @Test
  void theOneInJavaScriptVerifies() throws Exception {
    verifies("javascript", "hooks.mjs", "node");
  }

  @Test
  void theOneInPythonVerifies() throws Exception {
    verifies("python", "hooks.py", "python3");
  }

  @Test
  void theOneInJavaVerifies() throws Exception {
    verifies(
        "java", "Hooks.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  private void verifies(String language, String file, String program) throws Exception {
    Path script = Files.writeString(directory.resolve(file), block(language));
    int port = freePort();
    try (var server = TestServer.in(directory.resolve("data"))) {
      JsonNode webhook =
          server.json(
              "POST",
              "/v1/webhooks",
              "{\"url\": \"http://127.0.0.1:%d/\", \"events\": [\"scan.created\"]}"
                  .formatted(port));
      String path = "/v1/webhooks/" + webhook.get("id").stringValue();
      var builder =
          new ProcessBuilder(List.of(program, script.toString())).redirectErrorStream(true);
      builder.environment().put("WEBHOOK_SECRET", webhook.get("secret").stringValue());
      builder.environment().put("PORT", String.valueOf(port));
      Process receiver = builder.start();
      try {
        JsonNode tried = server.json("POST", path + "/test", "{}");
        while (tried.get("error").isString()
            && tried.get("error").stringValue().equals("connect")) {
          assertThat(receiver.isAlive()).as("the receiver runs").isTrue();
          tried = server.json("POST", path + "/test", "{}");
        }
        assertThat(tried.get("status").intValue()).as(tried.toString()).isEqualTo(204);
        assertThat(receiver.inputReader().lines().anyMatch(l -> l.contains("scan.created")))
            .isTrue();
        // And refuses what another secret signed.
        server.json("POST", path + "/rotate", "{\"overlap_hours\": 0}");
        JsonNode refused = server.json("POST", path + "/test", "{}");
        assertThat(refused.get("status").intValue()).isEqualTo(401);
      } finally {
        receiver.destroyForcibly();
        receiver.waitFor(10, TimeUnit.SECONDS);
      }
    }
  }

  private static String block(String language) throws IOException {
    String docs = Files.readString(Path.of("../docs/webhooks.md"));
    Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(docs);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
