package io.openqpr;

import io.openqpr.platform.config.RateLimitSettings;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Three servers on one PostgreSQL database, started at once, and taken in turns, as a balancer
/// does.
final class ThreeServers implements AutoCloseable {

  private final String database = PostgresServer.newDatabase();
  private final List<TestServer> servers = new ArrayList<>();
  private int turn;

  ThreeServers(Path directory, @Nullable RateLimitSettings limits) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting = new ArrayList<CompletableFuture<TestServer>>();
      for (int i = 0; i < 3; i++) {
        Path data = directory.resolve("server-" + i);
        starting.add(
            CompletableFuture.supplyAsync(
                () -> TestServer.sharing(database, data, Limits.SHARED, limits), threads));
      }
      starting.forEach(server -> servers.add(server.join()));
    }
  }

  /// Never the one that was taken last.
  TestServer next() {
    return servers.get(turn++ % servers.size());
  }

  List<TestServer> all() {
    return List.copyOf(servers);
  }

  String database() {
    return database;
  }

  @Override
  public void close() {
    servers.forEach(TestServer::close);
  }
}
