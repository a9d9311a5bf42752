package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedPlace;
import io.openqpr.web.http.Parameters;
import java.util.Optional;

/// Where a request wants to begin in the feed.
public sealed interface FeedStart {

  /// Behind a place that the caller was told.
  record After(FeedPlace place) implements FeedStart {}

  /// With what comes from now on.
  record Latest() implements FeedStart {}

  /// Nothing was said.
  record Anywhere() implements FeedStart {}

  /// The word for [Latest].
  String LATEST = "latest";

  /// Reads the parameter `after`; mistakes are told when the parameters are done.
  static FeedStart of(Parameters parameters, Feed feed) {
    return parameters.<FeedStart>parsed("after", new Anywhere(), text -> of(text, feed));
  }

  /// @throws IllegalArgumentException with what would be right
  static FeedStart of(String text, Feed feed) {
    if (text.equals(LATEST)) {
      return new Latest();
    }
    Optional<FeedPlace> place = feed.place(text);
    return new After(
        place.orElseThrow(() ->
            new IllegalArgumentException(
                "must be `latest`, or a cursor as this feed gave it, unchanged: a `next_cursor`,"
                    + " or the id of an event of the stream")));
  }
}
