package io.openqpr.events.feed;

import io.openqpr.platform.HeapShare;
import io.openqpr.storage.journal.SyncedEvent;
import io.openqpr.storage.journal.SyncedEvents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The line of the feed that is this server's journal, as far as scans go: they are told when they
/// are durable. What a report of a conversation does only the store knows, and what did not fit
/// into the heap only it has: there the line stops. For one thread.
final class OwnLine {

  /// The other part is for those who were told and what they were told: [TailRing].
  private static final int PART = 4;

  private final SyncedEvents synced;
  private final int number;

  /// One group of the journal at most.
  private final ArrayDeque<SyncedEvent> waiting = new ArrayDeque<>();

  OwnLine(SyncedEvents synced, int number) {
    this.synced = synced;
    this.number = number;
  }

  int number() {
    return number;
  }

  /// @return behind what was durable before
  long begin() {
    return synced.begin(HeapShare.FEED.bytes() / PART);
  }

  void end() {
    synced.end();
    waiting.clear();
  }

  /// Up to where the store must be read before it can go on here; the place itself where it need
  /// not.
  long missing(long place) {
    SyncedEvent first = first(place);
    if (first == null) {
      return Math.max(place, synced.leftOut());
    }
    if (first.from() > place) {
      return first.from();
    }
    long until = place;
    for (SyncedEvent event : waiting) {
      if (event.isScan() || event.isHit()) {
        break;
      }
      until = event.position();
    }
    return until;
  }

  /// @param end behind them, and behind what is no event of the feed
  record Stretch(List<SyncedEvent> scans, long end) {}

  /// What comes behind the place, where nothing is missing.
  Stretch next(long place, int most) {
    var scans = new ArrayList<SyncedEvent>();
    long end = place;
    SyncedEvent first;
    while (scans.size() < most
        && (first = first(end)) != null
        && first.from() <= end
        && (first.isScan() || first.isHit())) {
      if (first.isScan()) {
        scans.add(first);
      }
      end = first.position();
    }
    return new Stretch(scans, end);
  }

  private @Nullable SyncedEvent first(long place) {
    while (true) {
      SyncedEvent first = waiting.peek();
      if (first != null && first.position() > place) {
        return first;
      }
      if (first != null) {
        waiting.remove();
        continue;
      }
      List<SyncedEvent> group = synced.next();
      if (group == null) {
        return null;
      }
      waiting.addAll(group);
    }
  }
}
