package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.sql.Database;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jooq.DSLContext;

/// The open file: some readers beside one writer. Readers never wait for the writer, they see what
/// was committed when they began.
final class DuckDb implements Database, AutoCloseable {

  /// People who scan wait for it.
  private static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(2);

  private final DuckDbOptions options;
  private final CompactFile compact;
  private final Lane readers;
  private final Lane slowReaders;
  private final Lane lookUps;
  private final Lane followers;
  private final Lane writer;
  private final List<IntConsumer> feedListeners = new CopyOnWriteArrayList<>();

  /// Into which lines of the feed the change that runs brings something; used by its one thread.
  private final Set<String> fed = new HashSet<>();

  private final Revival revival = new Revival(this::openAgain);
  private Connections connections;

  private DuckDb(Disk disk, Path file, DuckDbOptions options) throws SQLException {
    this.options = options;
    this.compact = new CompactFile(disk, file);
    this.connections = Connections.open(file, options);
    NativeLibrary.removeFromFolder(disk);
    this.readers = lane("store-reader", connections.readers());
    this.slowReaders = lane("store-slow-reader", connections.slowReaders());
    this.lookUps =
        new Lane("store-look-up", connections.lookUps(), options.waiting(), LOOK_UP_PATIENCE);
    this.followers = lane("store-follower", connections.followers());
    this.writer = lane("store-writer", connections.writer());
  }

  static DuckDb open(Disk disk, Path file, DuckDbOptions options) throws SQLException {
    return new DuckDb(disk, file, options);
  }

  private Lane lane(String name, List<Session> sessions) {
    return new Lane(name, sessions, options.waiting(), options.patience());
  }

  @Override
  public <T> T read(Function<DSLContext, T> questions) {
    return ask(readers, session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T lookUp(Function<DSLContext, T> questions) {
    return ask(lookUps, session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T readAtLeisure(Function<DSLContext, T> questions) {
    return ask(slowReaders, session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T follow(Function<DSLContext, T> questions) {
    return ask(followers, session -> questions.apply(session.sql()));
  }

  @Override
  public <T> T write(Function<DSLContext, T> changes) {
    return change(session -> changes.apply(session.sql()));
  }

  /// New columns and tables take no time here.
  @Override
  public <T> T migrate(Function<DSLContext, T> changes) {
    return write(changes);
  }

  /// Nobody else has the file; only the feed has listeners here.
  @Override
  public void announce(DSLContext sql, Change.Kind kind, Collection<String> keys) {
    if (kind == Change.Kind.FEED) {
      fed.addAll(keys);
    }
  }

  void listenToFeed(IntConsumer listener) {
    feedListeners.add(listener);
  }

  /// As [#write], with what only DuckDB can.
  <T> T change(Function<Session, T> changes) {
    var lines = new AtomicReference<Set<String>>(Set.of());
    T result =
        ask(
            writer,
            session -> {
              fed.clear();
              T changed = changes.apply(session);
              lines.set(Set.copyOf(fed));
              return changed;
            });
    for (String line : lines.get()) {
      feedListeners.forEach(listener -> listener.accept(Integer.parseInt(line)));
    }
    return result;
  }

  private <T> T ask(Lane lane, Function<Session, T> work) {
    if (!isThere()) {
      throw new StoreException(Kind.UNAVAILABLE, "the database file is being opened again");
    }
    try {
      return lane.ask(work);
    } catch (StoreException e) {
      if (DuckDbErrors.isFatal(e)) {
        revival.begin(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /// False from a failure after which DuckDB answers nothing any more until the file was closed and
  /// opened again.
  boolean isThere() {
    return !revival.isUnderWay();
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
            "follower",
            followers::busy,
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
  /// @throws StoreException BUSY when questions do not come to their end; UNAVAILABLE where there
  ///   is no room for a second file
  synchronized boolean compact() {
    if (!compact.isDue()) {
      return false;
    }
    paused(writer, options.patience(), this::writeAndChangeFiles);
    return true;
  }

  private void writeAndChangeFiles() {
    try {
      compact.write(connections.root());
    } catch (StoreException e) {
      if (DuckDbErrors.isFatal(e)) {
        revival.begin(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    Duration limit = options.patience();
    paused(
        slowReaders,
        limit,
        () ->
            paused(
                readers,
                limit,
                () ->
                    paused(
                        followers,
                        limit,
                        () -> paused(lookUps, limit, () -> changeFiles(compact::takeOver)))));
  }

  private static void paused(Lane lane, Duration limit, Runnable work) {
    lane.pause(limit);
    try {
      work.run();
    } finally {
      lane.goOn();
    }
  }

  /// While nobody has it open, `meanwhile`.
  private void changeFiles(Runnable meanwhile) {
    try {
      letGo();
      meanwhile.run();
    } finally {
      try {
        use(Connections.reopen(compact.file(), options));
      } catch (StoreException e) {
        revival.begin(String.valueOf(e.getMessage()));
      }
    }
  }

  private void letGo() {
    readers.letGo();
    slowReaders.letGo();
    lookUps.letGo();
    followers.letGo();
    writer.letGo();
    connections.close();
  }

  private void use(Connections opened) {
    connections = opened;
    readers.use(opened.readers());
    slowReaders.use(opened.slowReaders());
    lookUps.use(opened.lookUps());
    followers.use(opened.followers());
    writer.use(opened.writer());
  }

  /// What runs fails soon, since nothing is answered any more.
  private synchronized void openAgain() {
    Duration limit = options.patience();
    paused(
        slowReaders,
        limit,
        () ->
            paused(
                writer,
                limit,
                () ->
                    paused(
                        readers,
                        limit,
                        () ->
                            paused(
                                followers,
                                limit,
                                () -> paused(lookUps, limit, this::closeAndOpen)))));
  }

  private void closeAndOpen() {
    List<Runnable> closing =
        List.of(
            readers::letGo,
            slowReaders::letGo,
            lookUps::letGo,
            followers::letGo,
            writer::letGo,
            connections::close);
    for (Runnable one : closing) {
      try {
        one.run();
      } catch (StoreException e) {
        // The last one to close writes a checkpoint, which may be what failed.
      }
    }
    use(Connections.reopen(compact.file(), options));
  }

  @Override
  public void close() {
    revival.close();
    closeAll();
  }

  private synchronized void closeAll() {
    writer.close();
    slowReaders.close();
    readers.close();
    followers.close();
    lookUps.close();
    connections.close();
  }
}
