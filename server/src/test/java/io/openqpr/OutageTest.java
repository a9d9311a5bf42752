package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.journal.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The database goes away while people scan: they are redirected all the same, and afterwards each
/// of their scans is there, once.
///
/// `-Dopenqpr.test.outages=20` makes it go away more often, `-Dopenqpr.test.silence=60` makes its
/// silence longer, in seconds.
class OutageTest {

  private static final int ROUNDS = Integer.getInteger("openqpr.test.outages", 2);
  private static final Duration SILENCE =
      Duration.ofSeconds(Integer.getInteger("openqpr.test.silence", 6));

  /// The promise is 2 s; a machine that does other things besides gets more.
  private static final Duration SOON = Duration.ofSeconds(4);

  /// For programs: a few seconds.
  private static final Duration A_WHILE = Duration.ofSeconds(8);

  private static final AtomicInteger DATABASES = new AtomicInteger();

  @TempDir static Path databases;
  private static MortalPostgres postgres;

  @TempDir Path directory;

  private String database;
  private Cable cable;
  private TestServer server;
  private URI code;
  private final People people = new People();

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = new MortalPostgres(databases.resolve("postgres"));
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void start() throws Exception {
    database = "outage_" + DATABASES.incrementAndGet();
    postgres.createDatabase(database);
    cable = new Cable(postgres.port());
    server = startServer(Limits.SHARED);
    code = newCode();
    people.scan(code);
  }

  private TestServer startServer(Limits limits) {
    return TestServer.sharing(url(), directory.resolve("data"), limits);
  }

  private String url() {
    return MortalPostgres.url(cable.port(), database);
  }

  private URI newCode() {
    String draft =
        "{\"name\": \"n\", \"prompt\": \"p\", \"conversation_url\": \""
            + People.PREFIX
            + "{scan_id}\"}";
    JsonNode made = server.json("POST", "/v1/qpr-codes", draft);
    return URI.create(server.url() + "/s/" + made.get("short_id").stringValue());
  }

  @AfterEach
  void stop() throws IOException {
    cable.pass();
    server.close();
    cable.close();
  }

  @Test
  void restartsOfTheDatabaseLoseAndDoubleNothing() throws Exception {
    people.keepScanning(
        code,
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(500);
            postgres.stop();
            theServerTellsThatTheStoreIsAway();
            postgres.startAgain();
          }
        });
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void killsOfTheDatabaseLoseAndDoubleNothing() throws Exception {
    people.keepScanning(
        code,
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(RandomGenerator.getDefault().nextInt(300, 700));
            postgres.kill();
            theServerTellsThatTheStoreIsAway();
            postgres.startAgain();
          }
        });
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void lostAnswersAndCutConnectionsLoseAndDoubleNothing() throws Exception {
    RandomGenerator random = RandomGenerator.getDefault();
    people.keepScanning(
        code,
        () -> {
          for (int cut = 0; cut < 20 * ROUNDS; cut++) {
            Thread.sleep(random.nextInt(5, 100));
            cable.cut(random.nextInt(20));
          }
        });
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void silenceIsNoticedByNobodyWhoScans() throws Exception {
    URI neverScanned = newCode();
    people.keepScanning(
        code,
        () -> {
          Thread.sleep(500);
          cable.fallSilent();
          Duration newCode = timeOf(() -> isToldToComeBack(people.tryToScan(neverScanned)));
          assertThat(newCode).isLessThan(SOON);
          assertThat(server.get("/metrics").body()).contains("openqpr_codes_unanswered_total 1");
          theServerTellsThatTheStoreIsAway();
          Thread.sleep(SILENCE);
          cable.pass();
          awaitStatus("ready");
        });
    people.scan(neverScanned);
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void programsAreSoonToldToComeBack() throws Exception {
    cable.fallSilent();
    assertThat(timeOf(this::allProgramsAreToldToComeBack)).isLessThan(A_WHILE);
    assertThat(timeOf(this::allProgramsAreToldToComeBack)).as("once known").isLessThan(SOON);
  }

  /// Every other time as after a fail-over to another machine: the old one ends nothing, and its
  /// last transaction stays open.
  @Test
  void silencesLoseAndDoubleNothingWhateverBecomesOfTheOldConnections() throws Exception {
    people.keepScanning(
        code,
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(500);
            cable.fallSilent();
            theServerTellsThatTheStoreIsAway();
            if (round % 2 == 0) {
              cable.forgetConnections();
            } else {
              cable.pass();
            }
            awaitStatus("ready");
          }
        });
    everyAnsweredScanIsThereOnce();
  }

  /// More than there are connections.
  private void allProgramsAreToldToComeBack() throws Exception {
    try (var programs = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < 40; i++) {
        String path = i % 2 == 0 ? "/v1/scans" : "/v1/qpr-codes?limit=" + i;
        answers.add(programs.submit(() -> server.get(path)));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        isToldToComeBack(answer.get());
      }
    }
  }

  private static void isToldToComeBack(HttpResponse<?> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aFullSpoolIsToldAndEmptiedAgain() throws Exception {
    server.close();
    var aHundredScans =
        new Limits(
            20_000,
            20_000,
            1 << 20,
            Duration.ofHours(1),
            20_000,
            Duration.ofMillis(200),
            Duration.ofMillis(500));
    server = startServer(aHundredScans);
    code = URI.create(server.url() + code.getPath());
    people.scan(code);
    cable.fallSilent();
    HttpResponse<Void> answer;
    do {
      answer = people.tryToScan(code);
    } while (answer.statusCode() == 302);
    isToldToComeBack(answer);
    assertThat(server.get("/metrics").body())
        .containsPattern("openqpr_refused_total\\{reason=\"backlog_full\"} [1-9]");
    cable.pass();
    awaitStatus("ready");
    people.scan(code);
    everyAnsweredScanIsThereOnce();
  }

  @Test
  void aKilledServerKeepsItsSpoolWhileItCannotStart() throws Exception {
    server.close();
    int serverPort = MortalPostgres.freePort();
    code = URI.create("http://127.0.0.1:" + serverPort + code.getPath());
    try (ServerProcess killed = startProcess(serverPort)) {
      assertThat(killed.awaitReady()).as(killed.output()).isTrue();
      people.scan(code);
      cable.fallSilent();
      for (int i = 0; i < 100; i++) {
        people.scan(code);
      }
      killed.kill();
    }
    try (ServerProcess refused = startProcess(serverPort)) {
      assertThat(refused.awaitReady()).isFalse();
      assertThat(refused.output()).contains("cannot be used");
      assertThat(refused.output().lines()).as(refused.output()).hasSize(1);
      assertThat(refused.exitCode()).isEqualTo(2);
    }
    cable.pass();
    server = startServer(Limits.SHARED);
    everyAnsweredScanIsThereOnce();
  }

  private ServerProcess startProcess(int serverPort) {
    return ServerProcess.start(
        Map.of(
            "QPR_DATA_DIR", directory.resolve("data").toString(),
            "QPR_PORT", String.valueOf(serverPort),
            "QPR_API_KEY", TestServer.KEY,
            "QPR_STORE", url()));
  }

  private void theServerTellsThatTheStoreIsAway() throws Exception {
    awaitStatus("store_away");
    assertThat(server.get("/metrics").body()).contains("openqpr_store_up 0.0\n");
  }

  private void awaitStatus(String status) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(30);
    // 503 too: a full journal takes no scans.
    while (!server.get("/health/ready").body().contains("\"status\":\"" + status + "\"")) {
      assertThat(Instant.now()).as("time to be " + status).isBefore(end);
      Thread.sleep(50);
    }
  }

  /// A database that has just come back may refuse one or another connection for a moment: programs
  /// are told to ask again, and do.
  private HttpResponse<String> answerToWhoAsksAgain(String path) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(30);
    HttpResponse<String> answer = server.get(path);
    while (answer.statusCode() == 503) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(50);
      answer = server.get(path);
    }
    return answer;
  }

  private static Duration timeOf(People.Meanwhile work) throws Exception {
    Instant start = Instant.now();
    work.run();
    return Duration.between(start, Instant.now());
  }

  private void everyAnsweredScanIsThereOnce() throws InterruptedException, SQLException {
    awaitStatus("ready");
    assertThat(TestServer.parse(answerToWhoAsksAgain("/v1/scans?limit=1")).get("total").intValue())
        .isEqualTo(people.answered().size());
    assertThat(postgres.column(database, "select id from scans"))
        .doesNotHaveDuplicates()
        .hasSameElementsAs(people.answered());
    System.out.printf(
        "%d scans answered, the slowest after %d ms%n",
        people.answered().size(), people.slowestMillis());
    assertThat(people.slowestMillis()).isLessThan(SOON.toMillis());
  }
}
