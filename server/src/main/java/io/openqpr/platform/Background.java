package io.openqpr.platform;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Threads that give way: for work that makes nobody wait who scans. On Linux they lower their own
/// priority as far as it goes (nice 19), so that of a processor that others want they get some
/// hundredth, and all of one that is idle. Java's own priorities mean nothing to Linux, whose
/// threads may lower themselves, but not rise again. Elsewhere, and where it fails, they are
/// ordinary threads.
///
/// Two rules for what runs on them, since it may stand still for a while anywhere:
///
/// - It holds no lock that anybody needs who does not give way, and asks no store, which has locks
///   of its own.
/// - It starts no thread, and neither starts nor wakes a virtual one: a new thread gives way as the
///   one does that started it, for ever, and what carries virtual threads, those of the people who
///   scan too, is started by whoever wakes one. [#ask] does it instead.
public final class Background {

  private static final Logger LOG = System.getLogger(Background.class.getName());

  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;
  private static final int LOWEST = 19;

  private static final @Nullable MethodHandle SET_PRIORITY = setPriority();

  /// No longer than what those ask who may ask it: a request to be woken of each that sleeps.
  private static final LinkedTransferQueue<Runnable> ASKED = new LinkedTransferQueue<>();

  static {
    DurableThread.start(
        "background-asks",
        () -> {
          ASKED.take().run();
          return true;
        });
  }

  private Background() {}

  /// Daemons of this name and a number, which end with their work.
  public static ThreadFactory threads(String name) {
    var number = new AtomicInteger();
    return work ->
        Thread.ofPlatform()
            .daemon()
            .name(name + "-" + number.incrementAndGet())
            .unstarted(givingWay(work));
  }

  /// Has something done at once by an ordinary thread, one after the other: to wake somebody, or
  /// what else takes no time. Any thread.
  public static void ask(Runnable wake) {
    ASKED.add(wake);
  }

  static Runnable givingWay(Runnable work) {
    return () -> {
      giveWay();
      work.run();
    };
  }

  private static void giveWay() {
    try {
      if (SET_PRIORITY != null) {
        int _ = (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD, LOWEST);
      }
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, "a thread keeps its priority", e);
    }
  }

  /// Of Linux only: elsewhere it would lower the whole process.
  private static @Nullable MethodHandle setPriority() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("setpriority")
          .map(symbol ->
              linker.downcallHandle(
                  symbol, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)))
          .orElse(null);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "threads keep their priority", e);
      return null;
    }
  }
}
