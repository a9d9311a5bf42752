package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody makes a second server by copying the first one's data directory, while people scan:
/// they have one journal, and one of them must not go on.
class CopiedDirectoryTest {

  @TempDir Path directory;

  private final People people = new People();
  private final String store = PostgresServer.newDatabase();

  @Test
  void theFirstServerStopsWithOneLineWhenTheSecondStarts() throws Exception {
    Path copy = directory.resolve("copy");
    int port = MortalPostgres.freePort();
    int secondPort = MortalPostgres.freePort();
    try (ServerProcess first = start(directory.resolve("original"), port)) {
      String code = People.newCode(port);
      people.keepScanning(scanUrl(port, code), () -> awaitAnswered(100));
      copy(directory.resolve("original"), copy);
      try (ServerProcess second = start(copy, secondPort)) {
        people.scanUntilItBreaks(scanUrl(port, code), first::exitCode);
        stoppedBy(first, "another server uses the journal");
        for (int i = 0; i < 100; i++) {
          people.scan(scanUrl(secondPort, code));
        }
        assertThat(second.terminate()).isZero();
      }
    }
    everyAnsweredScanIsThereOnce();
  }

  /// What is copied while it is written may not be whole: then it is the second that does not
  /// start.
  @Test
  void oneOfTwoStopsAlsoWhenTheCopyIsMadeUnderLoad() throws Exception {
    Path copy = directory.resolve("copy");
    int port = MortalPostgres.freePort();
    try (ServerProcess first = start(directory.resolve("original"), port)) {
      people.scanUntilItBreaks(
          scanUrl(port, People.newCode(port)),
          () -> {
            awaitAnswered(100);
            copy(directory.resolve("original"), copy);
            try (ServerProcess second =
                ServerProcess.start(copy, MortalPostgres.freePort(), store)) {
              if (second.awaitReady()) {
                stoppedBy(first, "another server uses the journal");
              } else {
                assertThat(second.output().lines()).as(second.output()).hasSize(1);
                assertThat(second.exitCode()).isEqualTo(2);
                awaitAnswered(people.answered().size() + 100);
                assertThat(first.terminate()).isZero();
              }
            }
          });
    }
    everyAnsweredScanIsThereOnce();
  }

  private ServerProcess start(Path data, int port) throws IOException {
    ServerProcess server = ServerProcess.start(data, port, store);
    assertThat(server.awaitReady()).as(server.output()).isTrue();
    return server;
  }

  private static void stoppedBy(ServerProcess server, String why) throws IOException {
    assertThat(server.exitCode()).isEqualTo(2);
    assertThat(server.wholeOutput().lines().filter(line -> line.startsWith("qpr:")))
        .singleElement()
        .asString()
        .contains(why);
  }

  private void everyAnsweredScanIsThereOnce() throws SQLException {
    assertThat(storedIds()).doesNotHaveDuplicates().containsAll(people.answered());
  }

  private void awaitAnswered(int scans) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    while (people.answered().size() < scans) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(10);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  private static URI scanUrl(int port, String code) {
    return URI.create("http://127.0.0.1:" + port + "/s/" + code);
  }

  private List<String> storedIds() throws SQLException {
    PostgresUrl url = PostgresUrl.parse(store);
    var ids = new ArrayList<String>();
    try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        var sql = connection.createStatement();
        var rows = sql.executeQuery("select id from scans")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }
}
