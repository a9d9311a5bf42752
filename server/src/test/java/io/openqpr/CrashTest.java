package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.postgres.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The promise of the product: whoever was redirected is in the store afterwards, once, whatever
/// happened to the server meanwhile; on either engine.
class CrashTest {

  private static final int ROUNDS = 20;

  @TempDir Path directory;

  private final People people = new People();

  @Test
  void keepsEveryAnsweredScanOnceThroughTwentyKills() throws Exception {
    killTwentyTimes("duckdb");
    try (var server = TestServer.in(directory)) {
      everyAnsweredScanIsThereOnce(server);
    }
  }

  @Test
  void keepsEveryAnsweredScanOnceThroughTwentyKillsInPostgres() throws Exception {
    String store = PostgresServer.newDatabase();
    killTwentyTimes(store);
    try (var server = TestServer.sharing(store, directory)) {
      everyAnsweredScanIsThereOnce(server);
    }
  }

  private void killTwentyTimes(String store) throws Exception {
    RandomGenerator random = RandomGenerator.getDefault();
    String shortId = null;
    for (int round = 0; round < ROUNDS; round++) {
      int port = MortalPostgres.freePort();
      try (ServerProcess server = ServerProcess.start(directory, port, store)) {
        assertThat(server.awaitReady()).as(server.output()).isTrue();
        shortId = shortId == null ? People.newCode(port) : shortId;
        people.scanUntilItBreaks(
            URI.create("http://127.0.0.1:" + port + "/s/" + shortId),
            () -> {
              people.awaitMore(random.nextInt(20, 400));
              server.kill();
            });
      }
    }
    assertThat(people.answered()).hasSizeGreaterThan(ROUNDS * 10);
  }

  private void everyAnsweredScanIsThereOnce(TestServer server) {
    Map<String, Integer> stored = storedIds(server);
    assertThat(stored.keySet()).containsAll(people.answered());
    assertThat(stored.values()).allMatch(times -> times == 1);
    // What was on disk when its answer was cut off counts too: at most one for each person a round.
    assertThat(stored.size() - people.answered().size()).isBetween(0, ROUNDS * People.CROWD);
    assertThat(EventsTest.walk(server, "", "&types=scan.created", 200))
        .extracting(event -> event.get("data").get("id").stringValue())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(stored.keySet());
  }

  private static Map<String, Integer> storedIds(TestServer server) {
    var ids = new HashMap<String, Integer>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = server.json("/v1/scans?limit=200" + cursor);
      page.get("scans").forEach(scan -> ids.merge(scan.get("id").stringValue(), 1, Integer::sum));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.stringValue();
    }
    return ids;
  }
}
