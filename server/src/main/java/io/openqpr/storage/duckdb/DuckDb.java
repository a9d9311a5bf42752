package io.openqpr.storage.duckdb;

import io.openqpr.storage.sql.Database;
import io.openqpr.storage.store.Change;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jooq.DSLContext;

/// The open file: some readers beside one writer. Readers never wait for the writer, they see what
/// was committed when they began.
final class DuckDb implements Database, AutoCloseable {

  /// An export that has not ended after this is not waited for.
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  /// People who scan wait for it.
  private static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(2);

  private final DuckDbOptions options;
  private final CompactFile compact;
  private final Lane readers;
  private final Lane slowReaders;
  private final Lane lookUps;
  private final Lane writer;
  private Connections connections;

  private DuckDb(Path file, DuckDbOptions options) throws SQLException {
    this.options = options;
    this.compact = new CompactFile(file);
    this.connections = Connections.open(file, options);
    this.readers = lane("store-reader", connections.readers());
    this.slowReaders = lane("store-slow-reader", connections.slowReaders());
    this.lookUps =
        new Lane("store-look-up", connections.lookUps(), options.waiting(), LOOK_UP_PATIENCE);
    this.writer = lane("store-writer", connections.writer());
  }

  static DuckDb open(Path file, DuckDbOptions options) throws SQLException {
    return new DuckDb(file, options);
  }

  private Lane lane(String name, List<Session> sessions) {
    return new Lane(name, sessions, options.waiting(), options.patience());
  }

  @Override
  public <T> T read(Function<DSLContext, T> questions) {
    return readers.ask(session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T lookUp(Function<DSLContext, T> questions) {
    return lookUps.ask(session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T readAtLeisure(Function<DSLContext, T> questions) {
    return slowReaders.ask(session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T write(Function<DSLContext, T> changes) {
    return writer.ask(session -> changes.apply(session.sql()));
  }

  /// New columns and tables take no time here.
  @Override
  public <T> T migrate(Function<DSLContext, T> changes) {
    return write(changes);
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
        Map.of(
            "reader",
            readers::busy,
            "look-up",
            lookUps::busy,
            "slow-reader",
            slowReaders::busy,
            "writer",
            writer::busy));
  }

  /// Inside a change that erases: the file is due for [#compact] from now on, also after a restart.
  void compactLater() {
    compact.due();
  }

  /// Puts a new file, written from the rows that there are, into the place of the file. Changes
  /// wait while it is written; questions only for the moment in which files are changed.
  ///
  /// @return whether it was due
  /// @throws StoreException BUSY while something is being read at leisure, or when questions do not
  ///   come to their end
  synchronized boolean compact() {
    if (!compact.isDue()) {
      return false;
    }
    paused(
        slowReaders,
        A_MOMENT,
        () ->
            paused(
                writer,
                options.patience(),
                () -> {
                  compact.write(connections.root());
                  paused(
                      readers,
                      options.patience(),
                      () -> paused(lookUps, options.patience(), this::changeFiles));
                }));
    return true;
  }

  private static void paused(Lane lane, Duration limit, Runnable work) {
    lane.pause(limit);
    try {
      work.run();
    } finally {
      lane.goOn();
    }
  }

  private void changeFiles() {
    try {
      readers.letGo();
      slowReaders.letGo();
      lookUps.letGo();
      writer.letGo();
      connections.close();
      compact.takeOver();
    } finally {
      connections = Connections.reopen(compact.file(), options);
      readers.use(connections.readers());
      slowReaders.use(connections.slowReaders());
      lookUps.use(connections.lookUps());
      writer.use(connections.writer());
    }
  }

  @Override
  public synchronized void close() {
    writer.close();
    slowReaders.close();
    readers.close();
    lookUps.close();
    connections.close();
  }
}
