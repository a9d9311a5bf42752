package io.openqpr.events.live;

import io.openqpr.events.feed.Feed;
import io.openqpr.events.feed.FeedWalk;
import io.openqpr.events.feed.Told;
import io.openqpr.platform.DurableThread;
import io.openqpr.storage.store.StoreException;
import io.openqpr.web.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The streams that are open. Whoever does not read what is written for them is dropped: nothing is
/// kept for them, and they come again with what they saw last.
final class LiveStreams implements AutoCloseable {

  /// Proxies close connections on which nothing comes for a minute, or half of one.
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /// How long one piece may take to be read.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Between two writes to one stream: people do not see it, and writing costs more than all else.
  static final Duration PACE = Duration.ofMillis(50);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// Written at once.
  private static final int EVENTS_AT_ONCE = 200;

  private static final Duration RETRY = Duration.ofMillis(500);

  private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder told = new LongAdder();
  private final DurableThread watch;
  private volatile boolean closing;

  LiveStreams() {
    watch = DurableThread.every(BETWEEN_LOOKS, "live-watch", this::endStalled);
  }

  long dropped() {
    return dropped.sum();
  }

  long told() {
    return told.sum();
  }

  /// Writes until one side has enough.
  ///
  /// @param stillAllowed throws [ProblemException] when the key is no longer good
  void run(FeedWalk walk, Feed feed, Runnable stillAllowed, OutputStream out) throws IOException {
    var stream = new LiveStream(Thread.currentThread(), out);
    open.add(stream);
    try {
      stream.write("retry: 1000\n" + comment(walk, feed));
      while (!closing) {
        List<Told> next = next(walk);
        if (walk.losses() > 0) {
          // It reads so slowly that what comes next is not kept any more.
          dropped.increment();
          return;
        }
        if (next.isEmpty()) {
          stillAllowed.run();
          stream.write(comment(walk, feed));
        } else {
          stream.write(text(next, feed));
          told.add(next.size());
        }
      }
    } catch (ProblemException e) {
      // Revoked meanwhile: a new request is told why.
    } catch (InterruptedException e) {
      // The server closes; the end is still to be written.
    } finally {
      open.remove(stream);
    }
  }

  private List<Told> next(FeedWalk walk) throws InterruptedException {
    while (true) {
      try {
        return walk.next(EVENTS_AT_ONCE, SILENCE);
      } catch (StoreException e) {
        if (closing) {
          return List.of();
        }
        Thread.sleep(RETRY);
      }
    }
  }

  /// With the reader's place, so that one who sees little need not look through all the rest again.
  private static String comment(FeedWalk walk, Feed feed) {
    return ":\nid: " + feed.cursor(walk.place()) + "\n\n";
  }

  private static byte[] text(List<Told> events, Feed feed) {
    var text = new ByteArrayOutputStream(events.size() * 600);
    for (Told event : events) {
      text.writeBytes(bytes("id: " + feed.cursor(event.place()) + "\n"));
      text.writeBytes(bytes("event: " + event.event().type().text() + "\ndata: "));
      text.writeBytes(event.payload());
      text.writeBytes(bytes("\n\n"));
    }
    return text.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void endStalled() {
    long now = System.nanoTime();
    open.forEach(stream -> stream.dropIfStalled(now));
  }

  /// Ends all streams.
  void drain() {
    closing = true;
    open.forEach(stream -> stream.thread.interrupt());
  }

  @Override
  public void close() {
    drain();
    watch.close();
  }

  /// One open stream; its thread writes.
  private final class LiveStream {

    private final Thread thread;
    private final OutputStream out;

    /// When the write began that is under way; 0 where none is.
    private long writingSince;

    private boolean stalled;

    LiveStream(Thread thread, OutputStream out) {
      this.thread = thread;
      this.out = out;
    }

    void write(String text) throws IOException {
      write(bytes(text));
    }

    void write(byte[] text) throws IOException {
      begin();
      try {
        out.write(text);
        out.flush();
      } finally {
        end();
      }
    }

    private synchronized void begin() {
      writingSince = System.nanoTime() | 1;
    }

    private synchronized void end() throws InterruptedIOException {
      writingSince = 0;
      if (stalled) {
        Thread.interrupted();
        dropped.increment();
        throw new InterruptedIOException("the reader does not read");
      }
    }

    /// An interrupt ends a virtual thread's writing to a socket.
    synchronized void dropIfStalled(long now) {
      if (writingSince != 0 && !stalled && now - writingSince > PATIENCE.toNanos()) {
        stalled = true;
        thread.interrupt();
      }
    }
  }
}
