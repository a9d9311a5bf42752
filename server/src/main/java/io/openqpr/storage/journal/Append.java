package io.openqpr.storage.journal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One event on its way to the disk, and the thread that waits for it.
final class Append {

  private final byte[] bytes;
  private final Thread waiter = Thread.currentThread();
  private volatile @Nullable Receipt receipt;

  /// Made by the thread that will wait.
  Append(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Called by one thread; only the first receipt counts.
  void complete(Receipt value) {
    if (receipt == null) {
      receipt = value;
      LockSupport.unpark(waiter);
    }
  }

  /// Null while it waits.
  @Nullable Receipt receipt() {
    return receipt;
  }

  /// Waits without end, also through interrupts: what is on its way can't be called back, and the
  /// writer answers every append, in failure too.
  Receipt await() {
    boolean interrupted = false;
    Receipt value;
    while ((value = receipt) == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return value;
  }
}
