package io.openqpr.storage.sql;

import io.openqpr.storage.sql.FeedRow.Place;
import io.openqpr.storage.sql.FeedStretch.Entry;
import io.openqpr.storage.store.FeedEvent;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes one order of the lines': each line's own, by time between them, and nothing before what it
/// follows from. Clocks of servers differ; what follows from something says so.
final class FeedMerge {

  private static final Comparator<FeedEvent> OLDEST_FIRST =
      Comparator.comparing(FeedEvent::createdAt)
          .thenComparing(FeedEvent::type)
          .thenComparing(FeedEvent::line);

  private final FeedPlace after;
  private final TreeMap<Integer, Cursor> lines = new TreeMap<>();

  FeedMerge(FeedPlace after, Collection<FeedStretch> stretches) {
    this.after = after;
    stretches.forEach(stretch -> lines.put(stretch.line(), new Cursor(stretch)));
  }

  private static final class Cursor {

    private final FeedStretch stretch;
    private int next;

    Cursor(FeedStretch stretch) {
      this.stretch = stretch;
    }

    @Nullable Entry entry() {
      return next < stretch.entries().size() ? stretch.entries().get(next) : null;
    }

    /// Up to where all is told.
    long position() {
      Entry entry = entry();
      return entry == null ? stretch.reached() : entry.event().position() - 1;
    }

    boolean hasMore() {
      return entry() != null || stretch.reached() < stretch.head();
    }
  }

  FeedPage page(int limit) {
    var events = new ArrayList<FeedEvent>();
    Cursor oldest;
    while (events.size() < limit && (oldest = oldest()) != null) {
      events.add(oldest.stretch.entries().get(oldest.next++).event());
    }
    var place = new TreeMap<>(after.positions());
    lines.forEach((line, cursor) -> place.put(line, cursor.position()));
    boolean more = lines.values().stream().anyMatch(Cursor::hasMore);
    return new FeedPage(events, new FeedPlace(place), more);
  }

  /// Of those that may come now. What an event follows from was committed before it, so of all
  /// events the one that was committed first may always come; where none may, what one waits for is
  /// not there any more, or further on in a line than was read.
  private @Nullable Cursor oldest() {
    List<Cursor> left =
        lines.values().stream().filter(cursor -> cursor.entry() != null).sorted(byTime()).toList();
    for (Cursor cursor : left) {
      if (mayCome(cursor.entry())) {
        return cursor;
      }
    }
    boolean allRead =
        lines.values().stream().noneMatch(line -> line.entry() == null && line.hasMore());
    return allRead && !left.isEmpty() ? left.getFirst() : null;
  }

  private static Comparator<Cursor> byTime() {
    return Comparator.comparing(
        cursor -> cursor.stretch.entries().get(cursor.next).event(), OLDEST_FIRST);
  }

  private boolean mayCome(@Nullable Entry entry) {
    Place before = entry == null ? null : entry.after();
    if (before == null) {
      return true;
    }
    Cursor line = lines.get(before.line());
    long told = line == null ? after.in(before.line()) : line.position();
    return before.position() <= told;
  }
}
