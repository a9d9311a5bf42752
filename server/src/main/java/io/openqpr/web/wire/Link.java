package io.openqpr.web.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;

/// One connection's socket, on which nobody is waited for longer than allowed. Its own thread reads
/// and writes; [Links] looks now and then whether its time is up.
final class Link implements AutoCloseable {

  /// A write copies as much outside of the heap, and keeps that memory.
  private static final int PART_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final Deadlines deadlines;
  private final InetAddress peer;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NEW);
  private volatile long dueNanos;

  Link(SocketChannel channel, Deadlines deadlines) throws IOException {
    this.channel = channel;
    this.deadlines = deadlines;
    this.peer = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    dueNanos = System.nanoTime() + deadlines.head().toNanos();
  }

  InetAddress peer() {
    return peer;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /// @param due by `System.nanoTime`
  /// @return -1 at the end
  /// @throws StalledException when the time was up first, or the server ends the connection
  int read(ByteBuffer into, Stage at, long due) throws IOException {
    enter(at, due);
    int read;
    try {
      read = channel.read(into);
    } catch (IOException e) {
      throw stage.get() == Stage.ENDED ? new StalledException(at) : e;
    }
    if (!stage.compareAndSet(at, Stage.WORK)) {
      throw new StalledException(at);
    }
    return read;
  }

  /// Returns when all is handed to the system.
  void write(byte[] bytes, int offset, int length) throws IOException {
    long left = deadlines.stall().toNanos();
    for (int done = 0; done < length; ) {
      int size = Math.min(PART_BYTES, length - done);
      var part = ByteBuffer.wrap(bytes, offset + done, size);
      long began = System.nanoTime();
      enter(Stage.WRITE, began + left);
      int written = channel.write(part);
      stage.compareAndSet(Stage.WRITE, Stage.WORK);
      done += written;
      left = leftAfter(left, began, written);
    }
  }

  /// What is left of the patience after some bytes moved.
  long leftAfter(long left, long beganNanos, int bytes) {
    long bought = bytes * (1_000_000_000L / deadlines.bytesASecond());
    long waited = System.nanoTime() - beganNanos;
    return Math.max(0, Math.min(deadlines.stall().toNanos(), left + bought - waited));
  }

  private void enter(Stage at, long due) {
    dueNanos = due;
    stage.set(at);
  }

  Stage stage() {
    return stage.get();
  }

  /// When its time at this stage is up.
  long dueNanos() {
    return dueNanos;
  }

  boolean isOverdue(Stage at, long nowNanos) {
    return at != Stage.WORK && at != Stage.ENDED && nowNanos - dueNanos > 0;
  }

  /// Whoever is told yes is to [#stop] it; it was at this stage still.
  boolean claim(Stage at) {
    return stage.compareAndSet(at, Stage.ENDED);
  }

  /// Its thread learns of it; one that reads a request can still answer.
  void stop(Stage at) {
    try {
      if (at.reads()) {
        channel.shutdownInput();
      } else {
        channel.close();
      }
    } catch (IOException e) {
      // It was closed already.
    }
  }

  /// Tells the client that nothing more will come, and leaves it some time to take what was sent: a
  /// socket that is closed with something unread in it takes back what it said.
  void leave() throws IOException {
    channel.shutdownOutput();
    long due = System.nanoTime() + deadlines.linger().toNanos();
    var rest = ByteBuffer.allocate(8 * 1024);
    while (read(rest.clear(), Stage.LINGER, due) >= 0) {
      // Thrown away.
    }
  }

  /// Closes so that the client sees a failure, where a plain end would pass for the end of the
  /// answer.
  void abort() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost.
    }
  }
}
