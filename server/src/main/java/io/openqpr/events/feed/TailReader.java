package io.openqpr.events.feed;

import io.openqpr.platform.DurableThread;
import io.openqpr.platform.Episode;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPage;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.FeedStore;
import io.openqpr.storage.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.LinkedTransferQueue;
import org.jspecify.annotations.Nullable;

/// Reads for the [Tail] what only the store knows. On a thread of its own that does not give way: a
/// store has locks that others need.
final class TailReader implements AutoCloseable {

  private static final Logger LOG = System.getLogger(TailReader.class.getName());

  private static final int EVENTS_AT_ONCE = 1_000;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final FeedStore store;
  private final Journal journal;
  private final LinkedTransferQueue<Question> asked = new LinkedTransferQueue<>();
  private final Episode failure =
      new Episode(
          LOG,
          Level.WARNING,
          "the feed cannot be read; who follows it waits",
          "the feed is read again");
  private final DurableThread thread;
  private volatile @Nullable FeedPage page;
  private volatile boolean closing;

  /// @param ends of lines that are not read to their heads
  /// @param durable of the own journal, which the store must have first
  private record Question(FeedPlace from, FeedPlace ends, long durable) {}

  TailReader(FeedStore store, Journal journal) {
    this.store = store;
    this.journal = journal;
    this.thread = DurableThread.start("feed-tail-reader", this::answersOne);
  }

  /// One question at a time.
  void ask(FeedPlace from, FeedPlace ends, long durable) {
    asked.add(new Question(from, ends, durable));
  }

  /// The answer to the last question, once; `null` while there is none.
  @Nullable FeedPage answer() {
    FeedPage answer = page;
    page = null;
    return answer;
  }

  private boolean answersOne() throws InterruptedException {
    Question question = asked.take();
    while (!closing) {
      try {
        journal.awaitApplied(question.durable());
        page = store.follow(question.from(), question.ends(), FeedFilter.ALL, EVENTS_AT_ONCE);
        failure.end();
        return true;
      } catch (StoreException e) {
        failure.begin(String.valueOf(e.getMessage()));
        Thread.sleep(PAUSE_AFTER_FAILURE);
      }
    }
    return false;
  }

  @Override
  public void close() {
    closing = true;
    ask(FeedPlace.START, FeedPlace.START, 0);
    thread.close();
  }
}
