package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// More questions than PostgreSQL has connections for, none of which comes to an end: whoever scans
/// is answered all the same.
class BusyDashboardsTest {

  private static final int DASHBOARDS = 40;

  @TempDir Path directory;

  @Test
  void peopleDoNotWaitBehindDashboardsAndNothingIsTakenForDead() throws Exception {
    String store = PostgresServer.newDatabase();
    PostgresUrl url = PostgresUrl.parse(store);
    try (var log = new Logbook();
        var server = TestServer.sharing(store, directory);
        var blocking = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        var sql = blocking.createStatement();
        var dashboards = Executors.newVirtualThreadPerTaskExecutor()) {
      JsonNode known = server.createCode("Known");
      JsonNode neverScanned = server.createCode("Never scanned");
      server.scan(known);
      blocking.setAutoCommit(false);
      sql.execute("lock table scans in access exclusive mode");
      List<Future<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < DASHBOARDS; i++) {
        String path = i % 2 == 0 ? "/v1/scans?limit=" + (i + 1) : "/v1/analytics?period=all";
        asked.add(dashboards.submit(() -> server.get(path)));
      }
      awaitRefused(server);

      server.scan(known);
      server.scan(neverScanned);
      assertThat(server.get("/s/nobody").statusCode()).isEqualTo(404);
      assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").body()).contains("openqpr_store_up 1.0\n");

      blocking.rollback();
      for (Future<HttpResponse<String>> answer : asked) {
        assertThat(answer.get().statusCode()).isIn(200, 503);
      }
      assertThat(server.json("/v1/scans").get("total").intValue()).isEqualTo(3);
      assertThat(log.entriesWith("the database does not answer")).isEmpty();
    }
  }

  /// All connections for questions are in use then.
  private static void awaitRefused(TestServer server) throws InterruptedException {
    while (!server
        .get("/metrics")
        .body()
        .matches("(?s).*openqpr_store_busy_total\\{lane=\"request\"} [1-9].*")) {
      Thread.sleep(50);
    }
  }
}
