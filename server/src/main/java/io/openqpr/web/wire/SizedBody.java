package io.openqpr.web.wire;

import java.io.IOException;

/// A body whose length was told before.
final class SizedBody extends Body {

  private final Inbound in;
  private long left;

  SizedBody(Inbound in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  boolean hasEnded() {
    return left == 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int read = in.read(into, offset, (int) Math.min(length, left));
    left -= read;
    return read;
  }
}
