package io.openqpr.web.http;

import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.wire.Exchange;
import io.openqpr.web.wire.StalledException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A body as it comes in. A client that goes away in the middle of it made a bad request; the
/// library would call it a failure of this server.
final class BodyStream extends FilterInputStream {

  private static final int GZIP_BUFFER_BYTES = 64 * 1024;

  private BodyStream(InputStream in) {
    super(in);
  }

  static BodyStream of(Exchange exchange, boolean gzip) {
    try {
      InputStream in = exchange.body();
      return new BodyStream(gzip ? new GZIPInputStream(in, GZIP_BUFFER_BYTES) : in);
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  /// What was not read stays where it is: the server sees to the rest of the connection.
  @Override
  public void close() {}

  private static ProblemException unreadable(Exception e) {
    if (e instanceof StalledException) {
      return new ProblemException(
          Kind.TIMED_OUT, "The body did not come: nothing was sent for too long.");
    }
    return new ProblemException(
        Kind.BAD_REQUEST,
        e instanceof ZipException
            ? "The body is not the gzip that Content-Encoding says it is."
            : "The connection or the body broke off before its end.");
  }
}
