package io.openqpr.web.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The way out of an answer whose length nobody knows: in chunks, or for HTTP/1.0 up to the end of
/// the connection. Holds back what is less than a chunk until it is flushed. Only what was closed
/// is whole.
final class AnswerBody extends OutputStream {

  private static final int CHUNK_BYTES = 16 * 1024;

  /// Four hex digits, CR, LF.
  private static final int SIZE_BYTES = 6;

  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Link link;
  private final boolean chunked;
  private final byte[] chunk = new byte[SIZE_BYTES + CHUNK_BYTES + 2];
  private int used;
  private boolean closed;

  AnswerBody(Link link, boolean chunked) {
    this.link = link;
    this.chunked = chunked;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int size = Math.min(length - done, CHUNK_BYTES - used);
      System.arraycopy(bytes, offset + done, chunk, SIZE_BYTES + used, size);
      used += size;
      done += size;
      if (used == CHUNK_BYTES) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (used == 0) {
      return;
    }
    int length = used;
    used = 0;
    if (!chunked) {
      link.write(chunk, SIZE_BYTES, length);
      return;
    }
    for (int i = 0; i < 4; i++) {
      chunk[i] = (byte) Character.forDigit(length >> 4 * (3 - i) & 0xF, 16);
    }
    chunk[4] = '\r';
    chunk[5] = '\n';
    chunk[SIZE_BYTES + length] = '\r';
    chunk[SIZE_BYTES + length + 1] = '\n';
    link.write(chunk, 0, SIZE_BYTES + length + 2);
  }

  boolean isWhole() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    flush();
    if (chunked) {
      link.write(LAST, 0, LAST.length);
    }
    closed = true;
  }
}
