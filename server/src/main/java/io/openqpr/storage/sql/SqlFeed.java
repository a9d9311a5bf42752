package io.openqpr.storage.sql;

import static java.lang.Math.min;

import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jooq.DSLContext;

/// The feed, on any engine.
public final class SqlFeed implements FeedStore {

  private final Database database;
  private final boolean shared;
  private final Consumer<IntConsumer> listening;
  private final CodeRefs refs = new CodeRefs();

  /// @param shared whether several servers may read it
  /// @param listening is given whoever wants to be told that there may be more in a line
  public SqlFeed(Database database, boolean shared, Consumer<IntConsumer> listening) {
    this.database = database;
    this.shared = shared;
    this.listening = listening;
  }

  @Override
  public int identity() {
    return database.read(FeedLines::identity);
  }

  @Override
  public FeedPlace head() {
    return new FeedPlace(database.follow(FeedLines::heads));
  }

  @Override
  public FeedPlace at(Instant time) {
    return database.read(sql -> {
      var place = new TreeMap<Integer, Long>();
      for (Map.Entry<Integer, Long> head : FeedLines.heads(sql).entrySet()) {
        long position = FeedTimes.before(sql, head.getKey(), head.getValue(), time);
        place.put(head.getKey(), position);
      }
      return new FeedPlace(place);
    });
  }

  @Override
  public FeedPage page(FeedPlace after, FeedFilter filter, int limit) {
    return database.read(sql -> read(sql, after, FeedPlace.START, filter, limit));
  }

  @Override
  public FeedPage follow(FeedPlace after, FeedFilter filter, int limit) {
    return follow(after, FeedPlace.START, filter, limit);
  }

  @Override
  public FeedPage follow(FeedPlace after, FeedPlace ends, FeedFilter filter, int limit) {
    return database.follow(sql -> read(sql, after, ends, filter, limit));
  }

  private FeedPage read(
      DSLContext sql, FeedPlace after, FeedPlace ends, FeedFilter filter, int limit) {
    SortedMap<Integer, Long> heads = FeedLines.heads(sql);
    ends.positions().forEach((line, end) -> heads.computeIfPresent(line, (_, h) -> min(h, end)));
    List<FeedStretch> stretches = new ArrayList<>();
    heads.forEach((line, head) -> {
      if (head > after.in(line)) {
        stretches.add(new FeedReading(sql, refs, filter, limit, line, head).from(after.in(line)));
      }
    });
    return new FeedMerge(after, stretches).page(limit);
  }

  @Override
  public OptionalInt lineOfOne(String journal) {
    return shared
        ? OptionalInt.empty()
        : OptionalInt.of(database.read(sql -> JournalPositions.line(sql, journal)));
  }

  @Override
  public void listen(IntConsumer moved) {
    listening.accept(moved);
  }
}
