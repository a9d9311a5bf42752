package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.web.http.ProblemException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StudioTest {

  /// Two are drawn and a hundred wait.
  private static final int ROOM = 102;

  private final Studio studio = new Studio();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void aPictureForWhichThereIsNoRoomIsRefusedAndCounted() throws Exception {
    var refused = new CountDownLatch(5);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < ROOM + 5; i++) {
      threads.add(Thread.ofVirtual().start(() -> ask(refused)));
    }
    refused.await();
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(studio.refused()).isEqualTo(5);
    assertThat(made).hasValue(ROOM);
  }

  private void ask(CountDownLatch refused) {
    try {
      studio.make(this::picture);
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
