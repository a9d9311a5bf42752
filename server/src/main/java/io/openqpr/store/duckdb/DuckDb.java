package io.openqpr.store.duckdb;

import io.openqpr.store.Change;
import io.openqpr.store.sql.Database;
import io.openqpr.store.sql.Jooq;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.duckdb.DuckDBConnection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/// The open file: some readers beside one writer. Readers never wait for the writer, they see what
/// was committed when they began.
final class DuckDb implements Database, AutoCloseable {

  private final DuckDBConnection root;
  private final Lane readers;
  private final Lane slowReaders;
  private final Lane writer;

  private DuckDb(DuckDBConnection root, Lane readers, Lane slowReaders, Lane writer) {
    this.root = root;
    this.readers = readers;
    this.slowReaders = slowReaders;
    this.writer = writer;
  }

  static DuckDb open(Path file, DuckDbOptions options) throws SQLException {
    var settings = new Properties();
    settings.setProperty("memory_limit", options.memoryBytes() + "B");
    settings.setProperty("threads", String.valueOf(options.threads()));
    // Nothing is ever fetched from the network.
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    var root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
    return new DuckDb(
        root,
        lane("store-reader", options.readers(), root, options),
        lane("store-slow-reader", options.slowReaders(), root, options),
        lane("store-writer", 1, root, options));
  }

  private static Lane lane(String name, int size, DuckDBConnection root, DuckDbOptions options)
      throws SQLException {
    var sessions = new ArrayList<Session>();
    for (int i = 0; i < size; i++) {
      sessions.add(session(root.duplicate(), options));
    }
    return new Lane(name, sessions, options.waiting(), options.patience());
  }

  private static Session session(DuckDBConnection connection, DuckDbOptions options) {
    return new Session(connection, Jooq.on(connection, SQLDialect.DUCKDB, options.patience()));
  }

  @Override
  public <T> T read(Function<DSLContext, T> questions) {
    return readers.ask(session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T readAtLeisure(Function<DSLContext, T> questions) {
    return slowReaders.ask(session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T write(Function<DSLContext, T> changes) {
    return writer.ask(session -> changes.apply(session.sql()));
  }

  /// Nobody else has the file.
  @Override
  public void announce(DSLContext sql, Change.Kind kind, Collection<String> keys) {}

  /// As [#write], with what only DuckDB can.
  <T> T change(Function<Session, T> changes) {
    return writer.ask(changes);
  }

  /// By lane.
  Map<String, LongSupplier> busy() {
    return new TreeMap<>(
        Map.of("reader", readers::busy, "slow-reader", slowReaders::busy, "writer", writer::busy));
  }

  @Override
  public void close() {
    writer.close();
    slowReaders.close();
    readers.close();
    try {
      root.close();
    } catch (SQLException e) {
      throw Errors.translated(e);
    }
  }
}
