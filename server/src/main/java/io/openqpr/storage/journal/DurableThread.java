package io.openqpr.storage.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A thread without which the process is of no use: when its work ends with an error, that is told
/// and the work begun anew.
final class DurableThread {

  private static final Logger LOG = System.getLogger(DurableThread.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private DurableThread() {}

  /// Begins anew wherever it is begun.
  interface Work {
    void run() throws InterruptedException;
  }

  static Thread start(String name, Work work) {
    return Thread.ofPlatform().name(name).start(() -> run(name, work));
  }

  private static void run(String name, Work work) {
    while (true) {
      try {
        work.run();
        return;
      } catch (InterruptedException e) {
        // nobody here interrupts it; whoever does wants nothing that could be done
      } catch (Exception | Error e) {
        LOG.log(Level.ERROR, name + " failed and begins anew", e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
