package io.openqpr.storage.store;

import java.time.Duration;
import java.util.Map;

/// How many requests each sender sent in its minute: that begins with its first request and ends 60
/// seconds later, whatever was sent meanwhile. Not durable: a crash may begin all minutes anew.
public interface RequestCounts {

  Duration MINUTE = Duration.ofMinutes(1);

  /// @param used in the minute that runs, the requests just added included
  /// @param left of that minute, more than nothing
  record Count(long used, Duration left) {}

  /// Adds requests, all at once.
  ///
  /// @param requests how many more, at least one, by sender
  /// @return the counts as they are with these, for the same senders
  Map<Long, Count> add(Map<Long, Integer> requests);

  /// Forgets senders whose minute is over. To be called now and then.
  void forgetOver();
}
