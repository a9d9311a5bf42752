package io.openqpr.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Sends a plan's requests from one thread and waits for the answers without blocking. It shares
/// the machine with the server it measures, so it does as little as it can for each request.
public final class LoadGenerator {

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final long LONGEST_LATENCY_MICROS = Duration.ofMinutes(2).toNanos() / 1_000;

  /// A selector wakes up to a millisecond late; nearer than this, time is waited for otherwise.
  private static final long SELECTOR_NANOS = 2_000_000;

  private final LoadPlan plan;
  private final List<ByteBuffer> requests = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final ScanIds scans = new ScanIds();
  private final Histogram latency = new Histogram(LONGEST_LATENCY_MICROS, 3);
  private final long start = System.nanoTime();
  private final long measureFrom;
  private final long stop;

  private int nextRequest;
  private long due;
  private long answered;
  private long refused;
  private long failed;

  private LoadGenerator(LoadPlan plan) {
    this.plan = plan;
    for (byte[] request : plan.requests()) {
      requests.add(ByteBuffer.allocateDirect(request.length).put(request).flip());
    }
    measureFrom = start + plan.warmUp().toNanos();
    stop = measureFrom + plan.measured().toNanos();
    due = start;
  }

  /// Runs the plan; returns when its time is over and every answer came, or 10 seconds later.
  public static LoadResult run(LoadPlan plan) throws IOException {
    return new LoadGenerator(plan).run();
  }

  private LoadResult run() throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < plan.connections(); i++) {
        free.addLast(new Connection(plan.target(), selector));
      }
      while (System.nanoTime() < stop) {
        sendWhatIsDue();
        waitForAnswers(selector);
        selector.selectNow(this::answer);
      }
      long giveUp = System.nanoTime() + DRAIN.toNanos();
      while (free.size() + failed < plan.connections() && System.nanoTime() < giveUp) {
        selector.select(this::answer, 10);
      }
      failed += Math.max(0, plan.connections() - free.size() - failed);
      for (SelectionKey key : selector.keys()) {
        ((Connection) key.attachment()).close();
      }
    }
    double seconds = plan.measured().toNanos() / 1e9;
    return new LoadResult(answered, answered / seconds, refused, failed, latency, scans);
  }

  private void sendWhatIsDue() throws IOException {
    switch (plan.pace()) {
      case Pace.Saturate() -> {
        while (!free.isEmpty()) {
          send(System.nanoTime());
        }
      }
      case Pace.Steady(int perSecond) -> {
        long interval = 1_000_000_000L / perSecond;
        long now = System.nanoTime();
        while (due <= now && !free.isEmpty()) {
          send(due);
          due += interval;
        }
      }
    }
  }

  private void send(long since) throws IOException {
    ByteBuffer request = requests.get(nextRequest);
    nextRequest = nextRequest + 1 == requests.size() ? 0 : nextRequest + 1;
    free.removeFirst().send(request.duplicate(), since);
  }

  private void waitForAnswers(Selector selector) throws IOException {
    boolean open = plan.pace() instanceof Pace.Steady && !free.isEmpty();
    long untilDue = open ? due - System.nanoTime() : Long.MAX_VALUE;
    if (untilDue > SELECTOR_NANOS) {
      selector.select(this::answer, open ? untilDue / 1_000_000 : 100);
    } else if (untilDue > 0) {
      LockSupport.parkNanos(Math.min(untilDue, 50_000));
    }
  }

  private void answer(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      int status = connection.receive(scans);
      if (status != 0) {
        count(status, connection.since);
        free.addLast(connection);
      }
    } catch (IOException e) {
      key.cancel();
      failed++;
    }
  }

  private void count(int status, long since) {
    long now = System.nanoTime();
    switch (status) {
      case 302 -> {
        if (now >= measureFrom && now < stop) {
          answered++;
          latency.recordValue(Math.min((now - since) / 1_000, LONGEST_LATENCY_MICROS));
        }
      }
      case 503 -> refused++;
      default -> failed++;
    }
  }
}
