package io.openqpr.bench;

import io.openqpr.bench.load.ScanIds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Connections that read the live stream, all on one thread, which does as little as it can: looks
/// for the ids of scans where they are asked for, and else throws away what comes.
final class LiveReaders implements AutoCloseable {

  private static final byte[] SCAN = "\"id\":\"scan_".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_PIECE = 256 * 1024;

  private final Selector selector;
  private final int count;
  private final boolean keeping;
  private final ScanIds scans = new ScanIds();
  private final Thread thread;
  private volatile boolean closing;

  private LiveReaders(Child server, List<String> queries, boolean keeping) throws IOException {
    this.selector = Selector.open();
    this.count = queries.size();
    this.keeping = keeping;
    for (String query : queries) {
      open(server.address(), query);
    }
    this.thread = Thread.ofPlatform().daemon().name("live-readers").start(this::read);
  }

  /// One for each code.
  static LiveReaders of(Child server, List<String> codes) throws IOException {
    return new LiveReaders(
        server, codes.stream().map(code -> "?qpr_code_id=" + code).toList(), false);
  }

  /// One of everything, which keeps what it sees.
  static LiveReaders ofAll(Child server) throws IOException {
    return new LiveReaders(server, List.of("?types=scan.created"), true);
  }

  private void open(InetSocketAddress target, String query) throws IOException {
    SocketChannel channel = SocketChannel.open(target);
    String request =
        """
        GET /v1/events/stream%s HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(query, Child.API_KEY);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    // The stream has begun when its head is there.
    ByteBuffer head = ByteBuffer.allocate(4 * 1024);
    channel.read(head);
    if (!new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII)
        .contains(" 200 ")) {
      throw new IOException("no stream: " + new String(head.array(), StandardCharsets.US_ASCII));
    }
    channel.configureBlocking(false);
    channel.register(
        selector, SelectionKey.OP_READ, keeping ? ByteBuffer.allocate(LONGEST_PIECE) : null);
  }

  private void read() {
    ByteBuffer thrownAway = ByteBuffer.allocateDirect(LONGEST_PIECE);
    try {
      while (!closing) {
        selector.select(
            key -> {
              try {
                take(key, thrownAway);
              } catch (IOException e) {
                key.cancel();
              }
            },
            100);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(SelectionKey key, ByteBuffer thrownAway) throws IOException {
    var kept = (ByteBuffer) key.attachment();
    ByteBuffer in = kept == null ? thrownAway.clear() : kept;
    if (((SocketChannel) key.channel()).read(in) < 0) {
      throw new IOException("the server ended the stream");
    }
    if (kept != null) {
      keep(kept);
    }
  }

  /// What is behind the last whole id is looked at again.
  private void keep(ByteBuffer in) {
    byte[] bytes = in.array();
    int behind = 0;
    synchronized (scans) {
      for (int i = 0; i + SCAN.length + ScanIds.LENGTH <= in.position(); i++) {
        int j = 0;
        while (j < SCAN.length && bytes[i + j] == SCAN[j]) {
          j++;
        }
        if (j == SCAN.length) {
          scans.add(bytes, i + j);
          i += j + ScanIds.LENGTH - 1;
        }
        behind = i + 1;
      }
    }
    in.flip().position(behind);
    in.compact();
  }

  int count() {
    return count;
  }

  int size() {
    synchronized (scans) {
      return scans.size();
    }
  }

  ScanIds take() {
    synchronized (scans) {
      var taken = new ScanIds();
      taken.addAll(scans);
      scans.clear();
      return taken;
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
