package io.openqpr.storage.sql;

import io.openqpr.storage.sql.FeedRow.Place;
import io.openqpr.storage.store.FeedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of one line of the feed.
///
/// @param entries all that match of it, in order
/// @param reached where it ends: what matches further on is not known
/// @param head where the line ends
record FeedStretch(int line, List<Entry> entries, long reached, long head) {

  /// @param after the event that must be told before it
  record Entry(FeedEvent event, @Nullable Place after) {}
}
