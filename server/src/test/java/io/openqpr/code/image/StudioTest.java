package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.HeapShare;
import io.openqpr.web.http.ProblemException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StudioTest {

  /// Two are drawn and a hundred wait.
  private static final int PLAIN_ROOM = 102;

  /// One is drawn and twenty wait.
  private static final int LARGE_ROOM = 21;

  private final Studio studio = new Studio();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void aPictureForWhichThereIsNoRoomIsRefusedAndCounted() throws Exception {
    askForMore(PLAIN_ROOM);
  }

  @Test
  void whatIsDrawnAtTheSameTimeHasItsShareOfTheHeap() {
    assertThat(Studio.MOST_BYTES).isLessThanOrEqualTo(HeapShare.DRAWING.bytes());
  }

  @Test
  void plainPicturesDoNotWaitBehindLargeOnes() throws Exception {
    var refused = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < LARGE_ROOM + 1; i++) {
      threads.add(Thread.ofVirtual().start(() -> ask(Studio.PLAIN_BYTES + 1, refused)));
    }
    refused.await(); // so many wait that there is no room for another

    assertThat(studio.<String>make(Studio.PLAIN_BYTES, () -> "plain")).isEqualTo("plain");
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(made).hasValue(LARGE_ROOM);
  }

  private void askForMore(int room) throws InterruptedException {
    var refused = new CountDownLatch(5);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < room + 5; i++) {
      threads.add(Thread.ofVirtual().start(() -> ask(Studio.PLAIN_BYTES, refused)));
    }
    refused.await();
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(studio.refused()).isEqualTo(5);
    assertThat(made).hasValue(room);
  }

  private void ask(long bytes, CountDownLatch refused) {
    try {
      studio.make(bytes, this::picture);
      made.incrementAndGet();
    } catch (ProblemException e) {
      refused.countDown();
    }
  }

  private int picture() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
