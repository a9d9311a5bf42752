package io.openqpr;

import io.openqpr.platform.config.PostgresUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A PostgreSQL of a test's own, to be stopped, killed and started again where it was.
final class MortalPostgres implements AutoCloseable {

  // Kept here: a logger that nobody holds forgets its level.
  private static final Logger EMBEDDED_LOG = Logger.getLogger("io.zonky");

  static {
    EMBEDDED_LOG.setLevel(Level.OFF);
  }

  private final Path directory;
  private final int port;
  private EmbeddedPostgres running;

  MortalPostgres(Path directory) throws IOException {
    this.directory = directory;
    this.port = freePort();
    running = start();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .start();
  }

  int port() {
    return port;
  }

  void startAgain() throws IOException {
    running = start();
  }

  /// Transactions are broken off, connections told.
  void stop() throws IOException {
    running.close();
  }

  /// All processes at once, with signal 9.
  void kill() throws IOException {
    Path file = directory.resolve("postmaster.pid");
    ProcessHandle postmaster =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    running.close();
  }

  void createDatabase(String name) throws SQLException {
    column("postgres", "create database " + name);
  }

  /// The first column of all rows; empty when the statement has none.
  List<String> column(String database, String statement) throws SQLException {
    PostgresUrl url = PostgresUrl.parse(url(port, database));
    var values = new ArrayList<String>();
    try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), null);
        var sql = connection.createStatement()) {
      if (sql.execute(statement)) {
        try (var rows = sql.getResultSet()) {
          while (rows.next()) {
            values.add(rows.getString(1));
          }
        }
      }
    }
    return values;
  }

  /// Of a database here, by whatever port leads to it.
  static String url(int port, String database) {
    return "postgresql://postgres@localhost:" + port + "/" + database;
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
