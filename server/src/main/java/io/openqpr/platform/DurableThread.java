package io.openqpr.platform;

import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Label;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A thread that others rely on, and that nothing but its end ends: whatever a step throws, also an
/// error that nobody expects, is counted, told once until a step goes well again, and followed by
/// the next step a moment later. Whatever goes on for as long as the server does is one of these:
/// any other thread would be gone with its first mistake, and nobody would know.
///
/// Steps begin anew wherever they begin: one that failed may have been left anywhere.
public final class DurableThread implements AutoCloseable {

  private static final Logger LOG = System.getLogger(DurableThread.class.getName());
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /// Of the whole process, as threads are.
  private static final Map<String, LongAdder> FAILURES = new ConcurrentSkipListMap<>();

  private final Step step;
  private final LongAdder failures;
  private final Episode trouble;
  private final CountDownLatch closing;
  private final Thread thread;

  /// A part of the thread's work.
  @FunctionalInterface
  public interface Step {

    /// @return whether another one follows
    /// @throws InterruptedException is of no meaning: nobody interrupts these threads
    boolean goesOn() throws InterruptedException;
  }

  private DurableThread(String name, Kind kind, CountDownLatch closing, Step step) {
    this.step = step;
    this.closing = closing;
    this.failures = FAILURES.computeIfAbsent(name, _ -> new LongAdder());
    this.trouble =
        new Episode(LOG, Level.ERROR, name + " failed and goes on", name + " does its work again");
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon(kind != Kind.HOLDING)
            .start(kind == Kind.BACKGROUND ? Background.givingWay(this::run) : this::run);
  }

  private enum Kind {
    ORDINARY,
    HOLDING,
    BACKGROUND
  }

  /// Step by step until one says that it was the last, or [#close].
  public static DurableThread start(String name, Step step) {
    return new DurableThread(name, Kind.ORDINARY, new CountDownLatch(1), step);
  }

  /// As [#start]; the process goes on as long as this thread does.
  public static DurableThread holding(String name, Step step) {
    return new DurableThread(name, Kind.HOLDING, new CountDownLatch(1), step);
  }

  /// As [#start], on a thread that gives way: see [Background] for what its steps must not do.
  public static DurableThread background(String name, Step step) {
    return new DurableThread(name, Kind.BACKGROUND, new CountDownLatch(1), step);
  }

  /// Does the work, after a pause each time, until [#close].
  public static DurableThread every(Duration pause, String name, Runnable work) {
    var closing = new CountDownLatch(1);
    return new DurableThread(
        name,
        Kind.ORDINARY,
        closing,
        () -> {
          if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
          }
          work.run();
          return true;
        });
  }

  /// How often a step of each thread failed, by the thread's name.
  public static List<Counter> counters() {
    return FAILURES.entrySet().stream()
        .map(entry ->
            new Counter(
                "openqpr_thread_failures_total",
                List.of(new Label("thread", entry.getKey())),
                "Steps of background threads that failed unexpectedly; each thread goes on.",
                entry.getValue()::sum))
        .toList();
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn && closing.getCount() > 0) {
      try {
        goesOn = step.goesOn();
        trouble.end();
      } catch (InterruptedException e) {
        // nobody interrupts it; whoever does wants nothing that could be done
      } catch (Exception | Error e) {
        failed(e);
      }
    }
  }

  private void failed(Throwable e) {
    failures.increment();
    try {
      trouble.begin(e);
      closing.await(PAUSE_AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (Exception | Error again) {
      // telling it may need what is missing; the next step comes sooner
    }
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  /// Waits until it has ended by itself.
  public void join() {
    joined(Duration.ofDays(1));
  }

  private void joined(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    while (thread.isAlive() && System.nanoTime() < deadline) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for the step that runs; none follows.
  @Override
  public void close() {
    closing.countDown();
    join();
  }

  /// As [#close], but waits no longer than that.
  public void close(Duration limit) {
    closing.countDown();
    joined(limit);
  }
}
