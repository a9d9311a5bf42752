package io.openqpr.storage.duckdb;

import io.openqpr.platform.DurableThread;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A few threads, each with a connection of its own, that take turns from one bounded queue;
/// whoever asks waits. DuckDB's calls are native: on a virtual thread each would hold its carrier,
/// and as many of them as there are processors would stop the whole server.
final class Lane implements AutoCloseable {

  private final String name;
  private final Duration patience;
  private final BlockingQueue<Turn<?>> queue;
  private final List<DurableThread> threads;
  private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock();
  private volatile List<Session> sessions;
  private final LongAdder busy = new LongAdder();
  private volatile boolean closing;

  Lane(String name, List<Session> sessions, int waiting, Duration patience) {
    this.name = name;
    this.patience = patience;
    this.queue = new ArrayBlockingQueue<>(waiting);
    this.sessions = List.copyOf(sessions);
    this.threads =
        IntStream.range(0, sessions.size())
            .mapToObj(number -> DurableThread.start(name, () -> takeOne(number)))
            .toList();
  }

  /// Runs the work in one transaction and waits for it, through interrupts too: a change that has
  /// begun must not be left with its end unknown.
  <T> T ask(Function<Session, T> work) {
    var turn = new Turn<>(work);
    try {
      if (closing || !queue.offer(turn)) {
        throw new StoreException(Kind.BUSY, name + ": too much waits already");
      }
      return turn.await();
    } catch (StoreException e) {
      if (e.kind() == Kind.BUSY) {
        busy.increment();
      }
      throw e;
    }
  }

  /// How often the answer was BUSY since the start, for whatever reason.
  long busy() {
    return busy.sum();
  }

  /// Lets the turns that run come to their end, for so long at most, and begins no other until
  /// [#goOn], which the same thread has to call; whoever asks meanwhile waits in the queue.
  ///
  /// @throws StoreException BUSY, and nothing has changed, when they did not end in time
  void pause(Duration limit) {
    try {
      if (turns.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException(Kind.BUSY, name + ": what runs there does not end");
  }

  void goOn() {
    turns.writeLock().unlock();
  }

  /// While it pauses: closes its connections.
  void letGo() {
    sessions.forEach(Lane::close);
  }

  /// While it pauses: from now on with these, as many as before.
  void use(List<Session> others) {
    sessions = List.copyOf(others);
  }

  /// @return false when nothing waits and nothing will
  private boolean takeOne(int number) throws InterruptedException {
    Turn<?> turn = queue.poll(100, TimeUnit.MILLISECONDS);
    if (turn != null) {
      turns.readLock().lock();
      try {
        turn.take(sessions.get(number));
      } finally {
        turns.readLock().unlock();
      }
    }
    return turn != null || !closing;
  }

  /// Finishes what waits; takes nothing more.
  @Override
  public void close() {
    closing = true;
    threads.forEach(DurableThread::join);
    letGo();
  }

  private static void close(Session session) {
    try {
      session.connection().close();
    } catch (SQLException e) {
      throw DuckDbErrors.translated(e);
    }
  }

  private final class Turn<T> {

    private final Function<Session, T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();

    Turn(Function<Session, T> work) {
      this.work = work;
    }

    void take(Session session) {
      if (!decided.compareAndSet(false, true)) {
        return;
      }
      try {
        answer.complete(Transactions.run(session, work));
      } catch (Throwable e) {
        answer.completeExceptionally(e);
      }
    }

    T await() {
      boolean interrupted = false;
      try {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
          try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (TimeoutException e) {
            return giveUp();
          } catch (ExecutionException e) {
            throw rethrown(e);
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private T giveUp() {
      if (decided.compareAndSet(false, true)) {
        throw new StoreException(
            Kind.BUSY, name + ": no turn within " + patience.toSeconds() + " s");
      }
      try {
        return answer.join();
      } catch (CompletionException e) {
        throw rethrown(e);
      }
    }

    private static RuntimeException rethrown(Exception wrapper) {
      Throwable cause = wrapper.getCause();
      return switch (cause == null ? wrapper : cause) {
        case StoreException e -> new StoreException(e.kind(), String.valueOf(e.getMessage()), e);
        case RuntimeException e -> e;
        case Error e -> throw e;
        case Throwable other -> new IllegalStateException(other);
      };
    }
  }
}
