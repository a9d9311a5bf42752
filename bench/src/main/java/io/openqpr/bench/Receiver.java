package io.openqpr.bench;

import io.openqpr.bench.load.ScanIds;
import io.openqpr.web.wire.Answerer;
import io.openqpr.web.wire.Deadlines;
import io.openqpr.web.wire.Exchange;
import io.openqpr.web.wire.Refusal;
import io.openqpr.web.wire.WireServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Somebody's server that is told of scans, in this process: keeps which came and when, and answers
/// at once, or never, or that it is out of order.
final class Receiver implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 20_000;
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] SCAN = "\"id\":\"scan_".getBytes(StandardCharsets.US_ASCII);

  private final WireServer server;
  private final LongAdder requests = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicBoolean broken = new AtomicBoolean();

  /// Of deliveries that were taken, in the order they came, twice if they came twice.
  private final ScanIds scans = new ScanIds();

  Receiver() throws IOException {
    server = WireServer.bind(0, MOST_CONNECTIONS, Deadlines.DEFAULT);
    server.serve(new Taking(), Clock.systemUTC());
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/hooks";
  }

  /// Where nothing is ever answered.
  String hangingUrl() {
    return "http://127.0.0.1:" + server.port() + "/hangs";
  }

  /// From now on everything is answered with 503, or nothing any more.
  void breakDown(boolean down) {
    broken.set(down);
  }

  /// Taken, tests and hanging ones left out.
  long requests() {
    return requests.sum();
  }

  long refused() {
    return refused.sum();
  }

  /// All that came until now, and forgets it.
  ScanIds take() {
    synchronized (scans) {
      var taken = new ScanIds();
      taken.addAll(scans);
      scans.clear();
      return taken;
    }
  }

  /// Different ones that came until now.
  int distinct() {
    synchronized (scans) {
      return scans.toSet().size();
    }
  }

  int size() {
    synchronized (scans) {
      return scans.size();
    }
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }

  private final class Taking implements Answerer {

    @Override
    public void answer(Exchange exchange) throws IOException {
      byte[] body = exchange.body().readAllBytes();
      if (exchange.path().equals("/hangs")) {
        LockSupport.park(); // until its connection's thread is interrupted
      }
      if (broken.get()) {
        refused.increment();
        exchange.send(503, List.of(), NOTHING);
        return;
      }
      keep(body);
      requests.increment();
      exchange.send(204, List.of(), NOTHING);
    }

    private void keep(byte[] body) {
      synchronized (scans) {
        for (int at = find(body, 0); at >= 0; at = find(body, at)) {
          at += SCAN.length;
          scans.add(body, at);
        }
      }
    }

    private int find(byte[] body, int from) {
      for (int i = from; i + SCAN.length <= body.length; i++) {
        int j = 0;
        while (j < SCAN.length && body[i + j] == SCAN[j]) {
          j++;
        }
        if (j == SCAN.length) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public void refuse(Refusal refusal, Exchange exchange) throws IOException {
      exchange.send(400, List.of(), NOTHING);
    }
  }
}
