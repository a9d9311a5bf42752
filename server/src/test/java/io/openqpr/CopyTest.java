package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.operations.copy.StoreCopy;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From one file to PostgreSQL: the same answers afterwards.
class CopyTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void theSameQuestionsGetTheSameAnswers() {
    Path data = directory.resolve("data");
    List<String> questions = new ArrayList<>();
    List<String> before;
    String link;
    try (var server = TestServer.in(data)) {
      JsonNode door = server.createCode("Door");
      JsonNode gone = server.createCode("Gone");
      link = server.scan(door).replaceFirst("http://localhost:\\d+", "");
      for (int i = 0; i < 50; i++) {
        server.scan(i % 3 == 0 ? gone : door);
      }
      JsonNode scan = server.json("/v1/scans").get("scans").get(3);
      String path = "/v1/scans/" + scan.get("id").stringValue();
      server.json("PUT", path + "/conversation", "{\"messages\": 4, \"status\": \"completed\"}");
      for (String about : List.of("null", "\"" + door.get("id").stringValue() + "\"")) {
        server.json(
            "POST",
            "/v1/ignore-rules",
            "{\"agent_word\": \"kiosk\", \"qpr_code_id\": " + about + "}");
      }
      server.json("DELETE", "/v1/qpr-codes/" + gone.get("id").stringValue(), "");
      questions.addAll(
          List.of(
              path,
              "/v1/ignore-rules",
              "/v1/scans?limit=200",
              "/v1/analytics?period=all",
              "/v1/qpr-codes/" + door.get("id").stringValue() + "/analytics",
              "/v1/qpr-codes/" + gone.get("id").stringValue() + "/analytics?granularity=hour"));
      before = answers(server, questions);
    }

    String url = PostgresServer.newDatabase();
    copy(data, url);
    copy(data, url); // a second one finds everything there

    assertThat(output.toString(StandardCharsets.UTF_8)).contains("51 of 51 scans");
    try (var server = TestServer.sharing(url, directory.resolve("other"))) {
      assertThat(answers(server, questions)).isEqualTo(before);
      assertThat(server.get(link).body()).contains("Door");
      assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(1);
      assertThat(server.createCode("new").get("id").stringValue()).isNotEmpty();
    }
  }

  @Test
  void webhooksGoOnThereWithTheirSecretsAndNumbers() {
    Path data = directory.resolve("data");
    JsonNode code;
    try (var receiver = new WebhookReceiver();
        var gone = new WebhookReceiver()) {
      gone.answer(_ -> 503);
      JsonNode webhook;
      JsonNode behind;
      try (var server = TestServer.in(data)) {
        code = server.createCode("Door");
        String of = ", \"filters\": {\"qpr_code_id\": %s}".formatted(code.get("id"));
        webhook = webhook(server, receiver, of + ", \"headers\": {\"X-Key\": \"s3cret\"}");
        behind = webhook(server, gone, "");
        server.scan(code);
        receiver.next();
        gone.next();
        String log = "/v1/webhooks/" + behind.get("id").stringValue() + "/deliveries";
        while (server.json(log).get("deliveries").isEmpty()) {
          Thread.onSpinWait();
        }
      }
      String url = PostgresServer.newDatabase();
      copy(data, url);
      copy(data, url);

      assertThat(output.toString(StandardCharsets.UTF_8))
          .contains("2 webhooks", behind.get("id").stringValue() + " has not been told")
          .doesNotContain(webhook.get("id").stringValue() + " has not");
      try (var server = TestServer.sharing(url, directory.resolve("other"))) {
        server.scan(server.createCode("another"));
        server.scan(code);
        WebhookReceiver.Got got = receiver.next();
        assertThat(got.json().get("data").get("qpr_code_id")).isEqualTo(code.get("id"));
        assertThat(got.sequence()).isEqualTo(2);
        assertThat(got.headers().get("x-key")).isEqualTo("s3cret");
        assertThat(got.headers().get("x-3qpr-signature"))
            .isEqualTo("sha256=" + hmac(webhook.get("secret").stringValue(), got.body()));
        assertThat(receiver.rest()).isEmpty();
      }
    }
  }

  private static JsonNode webhook(TestServer server, WebhookReceiver to, String more) {
    return server.json(
        "POST",
        "/v1/webhooks",
        "{\"url\": \"%s\", \"events\": [\"scan.created\"]%s}".formatted(to.url(), more));
  }

  private static String hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDirectoryWithoutDataIsRefused() {
    assertThatThrownBy(() -> copy(directory, PostgresServer.newDatabase()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("no data directory");
  }

  @Test
  void aRunningServersDirectoryIsRefused() {
    Path data = directory.resolve("running");
    try (var server = TestServer.in(data)) {
      assertThatThrownBy(() -> copy(data, PostgresServer.newDatabase()))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("in use");
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void aServerOnTheSameDirectoryGoesOnInTheDatabase() {
    Path data = directory.resolve("data");
    JsonNode code;
    try (var server = TestServer.in(data)) {
      code = server.createCode("Door");
      server.scan(code);
    }
    String url = PostgresServer.newDatabase();
    copy(data, url);
    for (int scans = 1; scans <= 3; scans++) {
      try (var server = TestServer.sharing(url, data)) {
        assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(scans);
        server.scan(code);
      }
    }
  }

  @Test
  void aDatabaseThatIsInUseIsRefusedAndLeftAlone() {
    Path data = directory.resolve("data");
    try (var server = TestServer.in(data)) {
      server.scan(server.createCode("Door"));
    }
    String url = PostgresServer.newDatabase();
    try (var server = TestServer.sharing(url, directory.resolve("other"))) {
      server.createCode("Theirs");
    }

    assertThatThrownBy(() -> copy(data, url))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("has data already");

    try (var server = TestServer.sharing(url, directory.resolve("other"))) {
      assertThat(server.json("/v1/qpr-codes").get("total").intValue()).isEqualTo(1);
      assertThat(server.json("/v1/scans").get("total").intValue()).isZero();
    }
  }

  @Test
  void aCopyThatAServerHasUsedIsRefused() {
    Path data = directory.resolve("data");
    try (var server = TestServer.in(data)) {
      server.createCode("Door");
    }
    String url = PostgresServer.newDatabase();
    copy(data, url);
    TestServer.sharing(url, directory.resolve("other")).close();

    assertThatThrownBy(() -> copy(data, url)).hasMessageContaining("has data already");
  }

  @Test
  void noServerBeginsWithHalfOfACopy() {
    Path data = directory.resolve("data");
    try (var server = TestServer.in(data)) {
      server.scan(server.createCode("Door"));
    }
    String url = PostgresServer.newDatabase();
    var broken =
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public PrintStream printf(String format, Object... values) {
            throw new IllegalStateException("broken off");
          }
        };
    assertThatThrownBy(() -> StoreCopy.run(data, PostgresUrl.parse(url), broken))
        .hasMessage("broken off");

    for (String of : List.of("data", "other")) {
      assertThatThrownBy(() -> TestServer.sharing(url, directory.resolve(of)))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("was broken off");
    }
    copy(data, url);
    try (var server = TestServer.sharing(url, directory.resolve("other"))) {
      assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(1);
    }
  }

  private void copy(Path data, String url) {
    StoreCopy.run(
        data, PostgresUrl.parse(url), new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  private static List<String> answers(TestServer server, List<String> questions) {
    return questions.stream().map(question -> server.json(question).toString()).toList();
  }
}
