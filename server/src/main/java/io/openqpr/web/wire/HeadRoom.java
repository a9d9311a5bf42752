package io.openqpr.web.wire;

import io.openqpr.platform.HeapShare;
import java.util.concurrent.Semaphore;

/// What heads that are longer than most may take of the heap, all together.
final class HeadRoom {

  private final Semaphore bytes = new Semaphore(HeapShare.HEADS.length());

  boolean take(int count) {
    return bytes.tryAcquire(count);
  }

  void giveBack(int count) {
    bytes.release(count);
  }
}
