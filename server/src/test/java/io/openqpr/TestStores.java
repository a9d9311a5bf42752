package io.openqpr;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which engine the servers of the end-to-end tests use: the embedded one, or with
/// `-Dopenqpr.test.store=postgres` a database for each data directory. The build runs them on both.
final class TestStores {

  private static final boolean POSTGRES =
      "postgres".equals(System.getProperty("openqpr.test.store"));

  private static final Map<Path, PostgresUrl> DATABASES = new ConcurrentHashMap<>();

  private TestStores() {}

  /// The same at every start on the directory; `null` for the embedded store.
  static @Nullable PostgresUrl postgresOf(Path dataDir) {
    return POSTGRES
        ? DATABASES.computeIfAbsent(
            dataDir, directory -> PostgresUrl.parse(PostgresServer.newDatabase()))
        : null;
  }
}
