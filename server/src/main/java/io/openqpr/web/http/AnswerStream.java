package io.openqpr.web.http;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The way out of a streamed answer. Nothing has been sent, not even the headers, until the first
/// byte is written.
final class AnswerStream extends OutputStream {

  /// Sends the headers.
  @FunctionalInterface
  interface Opening {
    OutputStream open() throws IOException;
  }

  private final Opening opening;
  private @Nullable OutputStream out;
  private boolean clientGone;

  AnswerStream(Opening opening) {
    this.opening = opening;
  }

  /// Whether it is too late for another answer.
  boolean begun() {
    return out != null;
  }

  /// Whether writing failed, which is not this server's fault.
  boolean clientGone() {
    return clientGone;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    OutputStream way = opened();
    try {
      way.write(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      clientGone = true;
      throw e;
    }
  }

  /// Sends what was written so far.
  @Override
  public void flush() throws IOException {
    if (out != null) {
      try {
        out.flush();
      } catch (IOException | RuntimeException e) {
        clientGone = true;
        throw e;
      }
    }
  }

  /// To be called only when all is written: what broke off must not end as if it were whole.
  @Override
  public void close() throws IOException {
    OutputStream way = opened();
    try {
      way.close();
    } catch (IOException e) {
      clientGone = true;
      throw e;
    }
  }

  private OutputStream opened() throws IOException {
    OutputStream way = out;
    if (way == null) {
      try {
        way = opening.open();
      } catch (IOException e) {
        clientGone = true;
        throw e;
      }
      out = way;
    }
    return way;
  }
}
