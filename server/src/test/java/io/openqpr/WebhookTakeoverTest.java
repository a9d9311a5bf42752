package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.WebhookReceiver.Got;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Three servers on one database: one of them sends, and when it dies another goes on.
class WebhookTakeoverTest {

  @TempDir Path directory;

  @Test
  void anotherServerGoesOnWhereOneDied() throws Exception {
    String database = PostgresServer.newDatabase();
    try (var receiver = new WebhookReceiver();
        ServerProcess dying =
            ServerProcess.start(
                Map.of(
                    "QPR_DATA_DIR",
                    directory.resolve("dying").toString(),
                    "QPR_PORT",
                    "0",
                    "QPR_STORE",
                    database,
                    "QPR_API_KEY",
                    TestServer.KEY,
                    "QPR_WEBHOOK_NETWORKS",
                    "127.0.0.0/8"))) {
      assertThat(dying.awaitReady()).as(dying.output()).isTrue();
      try (var second = TestServer.sharing(database, directory.resolve("b"), Limits.SHARED);
          var third = TestServer.sharing(database, directory.resolve("c"), Limits.SHARED)) {
        JsonNode webhook =
            second.json(
                "POST",
                "/v1/webhooks",
                "{\"url\": \"%s\", \"events\": [\"scan.created\"]}".formatted(receiver.url()));
        JsonNode code = second.createCode("n");
        var got = new ArrayList<Got>();
        for (int i = 0; i < 10; i++) {
          (i % 2 == 0 ? second : third).scan(code);
        }
        got.addAll(receiver.next(10));

        // What is not written down yet would come twice.
        awaitLogged(second, webhook, 10);

        // Whoever has the webhook: if it was the dying one, the others wait for its lease to end.
        dying.kill();
        for (int i = 0; i < 10; i++) {
          (i % 2 == 0 ? second : third).scan(code);
        }
        got.addAll(receiver.next(10));
        assertThat(ids(got)).hasSize(20).doesNotHaveDuplicates();
        assertThat(got.stream().map(Got::sequence).sorted().toList())
            .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());

        // And when a server ends in order, another goes on at once.
        second.close();
        third.scan(code);
        assertThat(receiver.next().sequence()).isEqualTo(21);
      }
    }
  }

  private static void awaitLogged(TestServer server, JsonNode webhook, int count) {
    String log = "/v1/webhooks/" + webhook.get("id").stringValue() + "/deliveries";
    while (server.json(log).get("deliveries").size() < count) {
      Thread.onSpinWait();
    }
  }

  private static List<String> ids(List<Got> got) {
    return got.stream().map(Got::id).toList();
  }
}
