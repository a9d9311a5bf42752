package io.openqpr.storage.store;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/// The feed: all that happened, in lines whose order is that of their commits. Each server's
/// journal is a line, whose events lie at their positions in the journal; one more line, number 0,
/// has the changes of codes. So nothing is written for whoever reads, servers need not agree on one
/// order, and a place read from once is good for ever.
///
/// Events are there as long as their scans; those of a scan come in their order. Imported scans are
/// history, and no events.
public interface FeedStore {

  /// It is not known which.
  int SOME_LINE = -1;

  /// A number that only this store's feed has: a place of another feed means nothing here.
  int identity();

  /// Behind all that is committed.
  FeedPlace head();

  /// Where what happened at this time begins, by the clocks of those who wrote it: before every
  /// event that is not older, as far as the clocks went right. Takes some dozen small questions.
  FeedPlace at(Instant time);

  /// What comes behind a place, oldest first, all of one moment. A page may be empty although there
  /// is more: no more than some ten thousand events are looked through for it, so that whatever is
  /// filtered, an answer takes no longer than that; and it ends early where events are large.
  ///
  /// @param limit of events, 1 to 2,000
  FeedPage page(FeedPlace after, FeedFilter filter, int limit);

  /// As [#page], for the server's own readers: they stand in no queue with those who ask for lists.
  FeedPage follow(FeedPlace after, FeedFilter filter, int limit);

  /// As [#follow], of some lines only up to a position: these end there.
  FeedPage follow(FeedPlace after, FeedPlace ends, FeedFilter filter, int limit);

  /// The line of this journal, where its server is the only one that reads the feed: it may tell
  /// what is durable in the journal before the store has it. Empty where others share the store,
  /// for whom something told of would not be there yet.
  ///
  /// @param journal that was taken
  OptionalInt lineOfOne(String journal);

  /// @param moved called, on any thread and perhaps for nothing, whenever there may be more in a
  ///   line, or in [#SOME_LINE], from whichever server; must not take long
  void listen(IntConsumer moved);
}
