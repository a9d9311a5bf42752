package io.openqpr.web.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What comes in on a connection, buffered: heads of requests and, behind each, its body. What was
/// sent ahead of its time stays for the next request.
final class Inbound implements AutoCloseable {

  static final int MAX_LINE_BYTES = 8 * 1024;
  static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_EMPTY_LINES = 4;

  /// Most heads fit; a connection that waits holds no more.
  private static final int SMALL_BYTES = 2 * 1024;

  private final Link link;
  private final HeadRoom room;
  private byte[] bytes = new byte[SMALL_BYTES];
  private int start;
  private int end;
  private long patience;

  Inbound(Link link, HeadRoom room) {
    this.link = link;
    this.room = room;
  }

  /// The next head.
  ///
  /// @param first whether it is the connection's first
  /// @return `null` when the client ended the connection between two requests
  /// @throws RefusedException when it cannot be taken for a request
  /// @throws StalledException when none began
  @Nullable Head head(boolean first) throws IOException {
    makeSmall();
    long head = link.deadlines().head().toNanos();
    long due = System.nanoTime() + (first ? head : link.deadlines().idle().toNanos());
    Stage at = first ? Stage.NEW : Stage.IDLE;
    var lines = new HeadLines();
    if (start == end) {
      if (fill(at, due) < 0) {
        return null;
      }
    }
    due = first ? due : System.nanoTime() + head;
    while (true) {
      skipEmptyLines(lines);
      if (lines.find(bytes, start, end)) {
        Head found = Head.parse(bytes, start, lines.end());
        start = lines.end();
        return found;
      }
      if (fillHead(due) < 0) {
        if (start == end) {
          return null;
        }
        throw RefusedException.malformed();
      }
    }
  }

  private int fillHead(long due) throws IOException {
    try {
      return fill(Stage.HEAD, due);
    } catch (StalledException e) {
      throw new RefusedException(Refusal.TOO_SLOW);
    }
  }

  /// Before a request line some are forgiven.
  private void skipEmptyLines(HeadLines lines) throws RefusedException {
    while (end - start >= 2 && bytes[start] == '\r' && bytes[start + 1] == '\n') {
      start += 2;
      if (lines.skipped() > MAX_EMPTY_LINES) {
        throw RefusedException.malformed();
      }
    }
  }

  private void makeSmall() {
    if (start == end) {
      start = 0;
      end = 0;
      if (bytes.length > SMALL_BYTES) {
        giveBackRoom();
        bytes = new byte[SMALL_BYTES];
      }
    }
  }

  private void giveBackRoom() {
    room.giveBack(bytes.length - SMALL_BYTES);
  }

  /// Gives back what it holds; to be used no more.
  @Override
  public void close() {
    giveBackRoom();
    bytes = new byte[SMALL_BYTES];
    start = 0;
    end = 0;
  }

  private int fill(Stage at, long due) throws IOException {
    if (end == bytes.length) {
      makeRoom();
    }
    int read = link.read(ByteBuffer.wrap(bytes, end, bytes.length - end), at, due);
    if (read > 0) {
      end += read;
    }
    return read;
  }

  private void makeRoom() throws RefusedException {
    int held = end - start;
    byte[] roomy = bytes;
    if (held > bytes.length / 2) {
      if (!room.take(bytes.length)) {
        throw new RefusedException(Refusal.NO_ROOM);
      }
      roomy = new byte[bytes.length * 2];
    }
    System.arraycopy(bytes, start, roomy, 0, held);
    bytes = roomy;
    start = 0;
    end = held;
  }

  /// A body begins.
  void beginBody() {
    patience = link.deadlines().stall().toNanos();
  }

  boolean isEmpty() {
    return start == end;
  }

  /// Reads of a body.
  ///
  /// @throws EOFException when the client broke off
  int read(byte[] into, int offset, int length) throws IOException {
    if (start < end) {
      int held = Math.min(length, end - start);
      System.arraycopy(bytes, start, into, offset, held);
      start += held;
      return held;
    }
    return await(ByteBuffer.wrap(into, offset, length));
  }

  /// The next byte of a body's framing.
  int next() throws IOException {
    if (start == end) {
      start = 0;
      end = 0;
      end = await(ByteBuffer.wrap(bytes));
    }
    return bytes[start++];
  }

  private int await(ByteBuffer into) throws IOException {
    long began = System.nanoTime();
    int read = link.read(into, Stage.BODY, began + patience);
    if (read < 0) {
      throw new EOFException("the client broke off within a body");
    }
    patience = link.leftAfter(patience, began, read);
    return read;
  }
}
