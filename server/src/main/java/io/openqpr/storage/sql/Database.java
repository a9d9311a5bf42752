package io.openqpr.storage.sql;

import io.openqpr.storage.store.Change;
import java.util.Collection;
import java.util.function.Function;
import org.jooq.DSLContext;

/// An engine, as the shared SQL sees it. All methods block until they are done, and throw
/// [io.openqpr.storage.store.StoreException] for whatever the driver says.
public interface Database {

  /// Everything the function asks sees the store as it was at one moment.
  <T> T read(Function<DSLContext, T> questions);

  /// As [#read], for the small questions that a person who scans waits for, or a program at the
  /// gate: they have a lane of their own, and wait neither for lists nor for counts.
  <T> T lookUp(Function<DSLContext, T> questions);

  /// As [#read], for large questions of which many follow each other: others do not wait for them.
  /// Only a few run at the same time.
  <T> T readAtLeisure(Function<DSLContext, T> questions);

  /// As [#read], for those who follow the feed: they stand behind nobody else's questions, and
  /// nobody behind theirs.
  <T> T follow(Function<DSLContext, T> questions);

  /// One durable transaction; when it throws, nothing has changed. Only one runs at a time in the
  /// whole store, so what it reads stays true until it ends.
  <T> T write(Function<DSLContext, T> changes);

  /// As [#write], for changes of the tables themselves, which take as long as they take.
  <T> T migrate(Function<DSLContext, T> changes);

  /// Inside a [#write]: every server hears of these changes when it is committed.
  void announce(DSLContext sql, Change.Kind kind, Collection<String> keys);
}
