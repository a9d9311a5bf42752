package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.config.PostgresUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The database goes away while people scan: they are redirected all the same, and afterwards each
/// of their scans is there, once.
class OutageTest {

  private static final int PEOPLE = 8;
  private static final String PREFIX = "http://x.example/";

  @TempDir Path directory;

  private int port;
  private EmbeddedPostgres postgres;
  private TestServer server;
  private String shortId;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final AtomicLong slowestMillis = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @BeforeEach
  void start() throws IOException {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    postgres = startPostgres();
    startServer();
    shortId =
        server
            .json(
                "POST",
                "/v1/qpr-codes",
                """
                {"name": "n", "prompt": "p", "conversation_url": "http://x.example/{scan_id}"}\
                """)
            .get("short_id")
            .stringValue();
    scan(HttpClient.newHttpClient());
  }

  private EmbeddedPostgres startPostgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.resolve("postgres"))
        .setCleanDataDirectory(false)
        .start();
  }

  private void startServer() {
    server = TestServer.sharing(url(), directory.resolve("data"));
  }

  private String url() {
    return "postgresql://postgres@localhost:" + port + "/postgres";
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    postgres.close();
  }

  @Test
  void restartsOfTheDatabaseLoseAndDoubleNothing() throws Exception {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      keepScanning(people);
      for (int round = 0; round < 3; round++) {
        Thread.sleep(500);
        postgres.close();
        int before = answered.size();
        Thread.sleep(2_000);
        assertThat(answered).as("scans while the database is away").hasSizeGreaterThan(before);
        assertThat(server.json("/health/ready").get("status").stringValue())
            .isEqualTo("store_away");
        postgres = startPostgres();
      }
      stopped.set(true);
    }
    // The promise is 2 s; a machine that does other things besides gets more.
    assertThat(slowestMillis.get()).isLessThan(6_000);
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void connectionsCutInTheMiddleOfAnythingLoseAndDoubleNothing() throws Exception {
    RandomGenerator random = RandomGenerator.getDefault();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      keepScanning(people);
      for (int round = 0; round < 100; round++) {
        Thread.sleep(random.nextInt(5, 60));
        cutConnections();
      }
      stopped.set(true);
    }
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void whatIsSpooledSurvivesARestartOfTheServer() throws Exception {
    postgres.close();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 50; i++) {
        scan(client);
      }
    }
    server.close();
    postgres = startPostgres();
    startServer();
    everyAnsweredScanIsThereOnce();
  }

  private void cutConnections() throws SQLException {
    PostgresUrl url = PostgresUrl.parse(url());
    try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), null);
        var sql = connection.createStatement()) {
      sql.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'openqpr'");
    }
  }

  private void keepScanning(ExecutorService people) {
    for (int i = 0; i < PEOPLE; i++) {
      people.execute(() -> {
        try (var client = HttpClient.newHttpClient()) {
          while (!stopped.get()) {
            scan(client);
          }
        }
      });
    }
  }

  private void scan(HttpClient client) {
    long start = System.nanoTime();
    try {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/s/" + shortId))
              .timeout(Duration.ofSeconds(20));
      request.header(
          "User-Agent",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1");
      var answer = client.send(request.build(), BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(302);
      answered.add(
          answer.headers().firstValue("Location").orElseThrow().substring(PREFIX.length()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    slowestMillis.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
  }

  private void everyAnsweredScanIsThereOnce() {
    Map<String, Integer> stored = new HashMap<>();
    String next = "/v1/scans?limit=200";
    while (next != null) {
      JsonNode page = server.json(next);
      page.get("scans")
          .forEach(scan -> stored.merge(scan.get("id").stringValue(), 1, Integer::sum));
      JsonNode cursor = page.get("next_cursor");
      next = cursor.isNull() ? null : "/v1/scans?limit=200&cursor=" + cursor.stringValue();
    }
    assertThat(stored.values()).allMatch(times -> times == 1);
    assertThat(stored.keySet()).isEqualTo(answered);
  }
}
