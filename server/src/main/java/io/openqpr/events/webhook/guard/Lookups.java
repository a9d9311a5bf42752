package io.openqpr.events.webhook.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Looks names up within a time. The machine's own way cannot be broken off, so it is gone on
/// threads of its own: a few, and a name has one of them at most. While names that never answer
/// hold them all, what was known of the others is used.
final class Lookups implements AutoCloseable {

  static final int THREADS = 16;
  private static final int WAITING = 1_000;

  /// Names that are remembered, and for how long.
  private static final int REMEMBERED = 1_000;

  private static final Duration OLDEST = Duration.ofMinutes(10);

  private final Resolver resolver;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger busy = new AtomicInteger();
  private final Map<String, FutureTask<InetAddress[]>> asked = new ConcurrentHashMap<>();

  /// The least recently asked for first. Guarded by itself.
  private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

  private record Known(InetAddress[] addresses, long nanos) {}

  Lookups(Resolver resolver) {
    this.resolver = resolver;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("webhook-names-", 0).factory());
    // At once: a thread that gives way would start one that does, and that may wake nobody.
    threads.prestartAllCoreThreads();
  }

  /// @throws UnknownHostException when there is none, or nobody says so in time
  InetAddress[] of(String host, Duration most) throws UnknownHostException, InterruptedException {
    InetAddress[] last = busy.get() < THREADS ? null : remembered(host);
    if (last != null) {
      return last;
    }
    FutureTask<InetAddress[]> found = ask(host);
    try {
      return found.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UnknownHostException(host + " is not answered by the DNS");
    } catch (ExecutionException | CancellationException e) {
      throw new UnknownHostException(host + " is not known to the DNS");
    }
  }

  /// With all others who ask for it now.
  private FutureTask<InetAddress[]> ask(String host) throws UnknownHostException {
    var mine = new FutureTask<>(() -> resolve(host));
    FutureTask<InetAddress[]> theirs = asked.putIfAbsent(host, mine);
    if (theirs != null) {
      return theirs;
    }
    try {
      threads.execute(mine);
      return mine;
    } catch (RejectedExecutionException e) {
      asked.remove(host);
      mine.cancel(false);
      throw new UnknownHostException(host + " is not looked up: too many names wait");
    }
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    busy.incrementAndGet();
    try {
      InetAddress[] addresses = resolver.resolve(host);
      remember(host, addresses);
      return addresses;
    } finally {
      busy.decrementAndGet();
      asked.remove(host);
    }
  }

  private InetAddress @Nullable [] remembered(String host) {
    synchronized (known) {
      Known last = known.get(host);
      return last == null || System.nanoTime() - last.nanos > OLDEST.toNanos()
          ? null
          : last.addresses;
    }
  }

  private void remember(String host, InetAddress[] addresses) {
    synchronized (known) {
      known.put(host, new Known(addresses, System.nanoTime()));
      if (known.size() > REMEMBERED) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
