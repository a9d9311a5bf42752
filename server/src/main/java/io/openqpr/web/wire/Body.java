package io.openqpr.web.wire;

import java.io.IOException;
import java.io.InputStream;

/// A request's body. Knows whether it was read to its end: only then another request can stand
/// behind it.
abstract sealed class Body extends InputStream permits SizedBody, ChunkedBody {

  static Body of(Framing framing, Inbound in) {
    return framing.chunked() ? new ChunkedBody(in) : new SizedBody(in, framing.length());
  }

  abstract boolean hasEnded();

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }
}
