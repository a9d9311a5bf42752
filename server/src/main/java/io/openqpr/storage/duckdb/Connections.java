package io.openqpr.storage.duckdb;

import io.openqpr.storage.sql.Jooq;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jooq.SQLDialect;

/// All connections to the file.
///
/// @param root holds it open; the others are closed by the lanes that use them
record Connections(
    DuckDBConnection root,
    List<Session> readers,
    List<Session> slowReaders,
    List<Session> lookUps,
    List<Session> followers,
    List<Session> writer) {

  /// Of codes, of rules and of keys; each asks one question at a time, or some.
  private static final int LOOK_UPS = 3;

  /// Of the server's one reader of the feed, and of those who are behind.
  private static final int FOLLOWERS = 2;

  static Connections open(Path file, DuckDbOptions options) throws SQLException {
    var settings = new Properties();
    settings.setProperty("memory_limit", options.memoryBytes() + "B");
    settings.setProperty("threads", String.valueOf(options.threads()));
    // Nothing is ever fetched from the network.
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    var root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
    return new Connections(
        root,
        sessions(root, options.readers(), options),
        sessions(root, options.slowReaders(), options),
        sessions(root, LOOK_UPS, options),
        sessions(root, FOLLOWERS, options),
        sessions(root, 1, options));
  }

  /// After it was open in this process.
  static Connections reopen(Path file, DuckDbOptions options) {
    try {
      return open(file, options);
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  private static List<Session> sessions(DuckDBConnection root, int size, DuckDbOptions options)
      throws SQLException {
    var sessions = new ArrayList<Session>();
    for (int i = 0; i < size; i++) {
      var connection = root.duplicate();
      sessions.add(
          new Session(connection, Jooq.on(connection, SQLDialect.DUCKDB, options.patience())));
    }
    return sessions;
  }

  /// The last one of the file: DuckDB brings its log into the file then, and removes it.
  void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }
}
