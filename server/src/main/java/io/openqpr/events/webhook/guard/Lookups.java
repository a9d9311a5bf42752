package io.openqpr.events.webhook.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks names up within a time. The machine's own way cannot be broken off, so it is gone on
/// threads of its own: a few, lest names that never answer take them all up.
final class Lookups implements AutoCloseable {

  private static final int THREADS = 16;
  private static final int WAITING = 1_000;

  private final Resolver resolver;
  private final ThreadPoolExecutor threads;

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
    Future<InetAddress[]> found;
    try {
      found = threads.submit(() -> resolver.resolve(host));
    } catch (RejectedExecutionException e) {
      throw new UnknownHostException(host + " is not looked up: too many names wait");
    }
    try {
      return found.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      found.cancel(true);
      throw new UnknownHostException(host + " is not answered by the DNS");
    } catch (ExecutionException e) {
      throw new UnknownHostException(host + " is not known to the DNS");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
