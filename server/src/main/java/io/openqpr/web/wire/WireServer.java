package io.openqpr.web.wire;

import io.openqpr.platform.DurableThread;
import io.openqpr.platform.Episode;
import io.openqpr.platform.metric.Counter;
import io.openqpr.platform.metric.Gauge;
import io.openqpr.platform.metric.Label;
import io.openqpr.platform.metric.Metric;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Takes connections at one port. Each has a virtual thread of its own.
///
/// Where as many are open as may be, one that says nothing makes way for the next; where all are
/// busy, the next waits in the system's backlog. An accept that fails is tried again, for ever.
public final class WireServer implements AutoCloseable {

  private static final int BACKLOG = 4_096;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final ServerSocketChannel listening;
  private final int port;
  private final Deadlines deadlines;
  private final int most;
  private final Semaphore free;
  private final Links links;
  private final LongAdder failures = new LongAdder();
  private final Episode trouble =
      new Episode(
          System.getLogger(WireServer.class.getName()),
          Level.WARNING,
          "connections cannot be taken",
          "connections are taken again");
  private volatile boolean ending;

  private WireServer(ServerSocketChannel listening, int most, Deadlines deadlines)
      throws IOException {
    this.listening = listening;
    this.port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
    this.most = most;
    this.free = new Semaphore(most);
    this.deadlines = deadlines;
    this.links = new Links(deadlines);
  }

  /// Takes the port, on all addresses; whoever connects waits until [#serve].
  ///
  /// @param port 0 takes a free one
  /// @param most connections at once
  public static WireServer bind(int port, int most, Deadlines deadlines) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return new WireServer(channel.bind(new InetSocketAddress(port), BACKLOG), most, deadlines);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /// Takes connections from now on.
  ///
  /// @param clock for the date of each answer
  public void serve(Answerer answerer, Clock clock) {
    FirstWait.now();
    var serving = new Serving(answerer, new HeadRoom(), new DateHeader(clock), () -> ending);
    DurableThread.holding("http-listener", () -> next(serving));
  }

  private boolean next(Serving serving) throws InterruptedException {
    try {
      awaitPlace();
      accept(serving);
      trouble.end();
    } catch (IOException e) {
      if (!ending) {
        failures.increment();
        links.makeWay(); // first, since even telling may need a file handle
        trouble.begin(e.toString());
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
    return !ending;
  }

  private void awaitPlace() throws InterruptedException {
    while (!free.tryAcquire() && !ending) {
      links.makeWay();
      if (free.tryAcquire(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private void accept(Serving serving) throws IOException {
    boolean taken = false;
    try {
      SocketChannel channel = listening.accept();
      try {
        begin(new Link(channel, deadlines), serving);
        taken = true;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } finally {
      if (!taken) {
        free.release();
      }
    }
  }

  private void begin(Link link, Serving serving) {
    var connection = new Connection(link, serving);
    Thread thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                connection.run();
              } finally {
                links.remove(link);
                free.release();
              }
            });
    links.add(link);
    thread.start();
  }

  public List<Metric> metrics() {
    var metrics = new ArrayList<Metric>();
    metrics.add(new Gauge("openqpr_connections", "Connections that are open.", links::count));
    metrics.add(
        new Gauge("openqpr_connections_most", "Connections that are taken at once.", () -> most));
    metrics.add(
        new Counter(
            "openqpr_connections_made_way_total",
            "Connections that said nothing and were ended so that others found room.",
            links::madeWay));
    metrics.add(
        new Counter(
            "openqpr_accept_failures_total",
            "Connections that the system did not hand over.",
            failures::sum));
    for (Stage at : List.of(Stage.NEW, Stage.IDLE, Stage.HEAD, Stage.BODY, Stage.WRITE)) {
      metrics.add(
          new Counter(
              "openqpr_connections_timed_out_total",
              List.of(new Label("wait", word(at))),
              "Connections ended since the other side let its time pass, by what was waited for.",
              () -> links.stalled(at)));
    }
    return metrics;
  }

  private static String word(Stage at) {
    return switch (at) {
      case NEW -> "first_request";
      case IDLE -> "next_request";
      case HEAD -> "head";
      case BODY -> "body";
      case WRITE -> "reader";
      case WORK, LINGER, ENDED -> throw new IllegalArgumentException(at.name());
    };
  }

  /// Takes no more connections, ends those between two requests, lets what is under way come to its
  /// end for a while with each answer its connection's last, and then ends whatever is left. A
  /// second time it does nothing.
  @Override
  public void close() {
    if (ending) {
      return;
    }
    ending = true;
    try {
      listening.close();
    } catch (IOException e) {
      // It is not used any more.
    }
    links.drain(deadlines.drain());
    links.close();
  }
}
