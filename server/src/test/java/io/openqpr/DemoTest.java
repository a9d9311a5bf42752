package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `qpr demo` beside the data of a real server.
class DemoTest {

  @TempDir private Path data;

  @Test
  void brokenOffItLeavesNoTraceAndBeginsAnewTheNextTime() throws Exception {
    Files.writeString(data.resolve("openqpr.duckdb"), "a real server's data");
    try (ServerProcess brokenOff = demo()) {
      assertThat(brokenOff.awaitLine("Writing sample scans … 1")).as(brokenOff.output()).isTrue();
      assertThat(brokenOff.terminate()).isZero();
      assertThat(brokenOff.wholeOutput()).doesNotContain("Exception", "\tat ");
    }
    assertThat(data.resolve("demo/demo.complete")).doesNotExist();

    try (ServerProcess whole = demo()) {
      assertThat(whole.awaitReady()).as(whole.output()).isTrue();
      assertThat(whole.output()).contains("Writing sample scans … 100 %");
      tellsAReceiverOnThisMachine(whole.port());
      assertThat(whole.terminate()).isZero();
    }
    String key = Files.readString(data.resolve("demo/demo.key"));
    try (ServerProcess again = demo()) {
      assertThat(again.awaitLine("API key")).as(again.output()).isTrue();
      assertThat(again.output()).doesNotContain("Writing").contains(key);
      assertThat(again.terminate()).isZero();
    }
    assertThat(data.resolve("openqpr.duckdb")).content().isEqualTo("a real server's data");
  }

  private void tellsAReceiverOnThisMachine(int port) throws Exception {
    try (var receiver = new WebhookReceiver();
        var client = HttpClient.newHttpClient()) {
      String body =
          "{\"url\": \"http://localhost:%d/hooks\", \"events\": [\"scan.created\"]}"
              .formatted(receiver.port());
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/webhooks"))
                  .header(
                      "Authorization", "Bearer " + Files.readString(data.resolve("demo/demo.key")))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      // Somebody scans the demo's codes every now and then.
      assertThat(receiver.next().json().get("type").stringValue()).isEqualTo("scan.created");
    }
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws Exception {
    Path strange = Files.createDirectories(data.resolve("demo")).resolve("openqpr.duckdb");
    Files.writeString(strange, "not the demo's");

    try (ServerProcess refused = demo()) {
      assertThat(refused.awaitReady()).isFalse();
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.output().lines()).hasSize(1).first().asString().contains("move it away");
    }
    assertThat(strange).content().isEqualTo("not the demo's");
  }

  private ServerProcess demo() {
    return ServerProcess.start(
        Map.of(
            "QPR_DATA_DIR", data.toString(),
            "QPR_STORE", "postgresql://nobody:x@127.0.0.1:1/real",
            "QPR_PORT", "0"),
        "demo");
  }
}
