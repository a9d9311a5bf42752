package io.openqpr.storage.postgres;

import io.openqpr.platform.config.PostgresUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A real PostgreSQL for tests, started once: brought by the build, or the one whose URL is in
/// `QPR_TEST_POSTGRES_URL` (`postgresql://user:password@host:port/postgres`, allowed to create
/// databases).
public final class PostgresServer {

  private static final String GIVEN = System.getenv("QPR_TEST_POSTGRES_URL");
  private static final AtomicInteger COUNT = new AtomicInteger();

  // Kept here: a logger that nobody holds forgets its level.
  private static final Logger EMBEDDED_LOG = Logger.getLogger("io.zonky");

  static {
    EMBEDDED_LOG.setLevel(Level.WARNING);
  }

  private PostgresServer() {}

  private static final class Embedded {
    static final EmbeddedPostgres SERVER = start();

    static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The URL of a new, empty database.
  public static String newDatabase() {
    String name = "openqpr_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    execute("create database " + name);
    return url(name);
  }

  private static void execute(String statement) {
    execute(url("postgres"), statement);
  }

  public static void execute(String databaseUrl, String statement) {
    with(databaseUrl, sql -> sql.execute(statement));
  }

  /// Ends the connections on which servers of this database hear of changes.
  public static void cutListening(String databaseUrl) {
    execute(
        databaseUrl,
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and application_name = '%s'"
                .formatted(Listening.APPLICATION));
  }

  /// The first value of the first row.
  public static String ask(String databaseUrl, String question) {
    return with(
        databaseUrl,
        sql -> {
          var rows = sql.executeQuery(question);
          rows.next();
          return rows.getString(1);
        });
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(Statement sql) throws SQLException;
  }

  private static <T> T with(String databaseUrl, Work<T> work) {
    PostgresUrl url = PostgresUrl.parse(databaseUrl);
    try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        var sql = connection.createStatement()) {
      return work.with(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String url(String database) {
    return GIVEN != null
        ? GIVEN.replaceFirst("/[^/?]*(\\?.*)?$", "/" + database + "$1")
        : "postgresql://postgres@localhost:%d/%s".formatted(Embedded.SERVER.getPort(), database);
  }
}
