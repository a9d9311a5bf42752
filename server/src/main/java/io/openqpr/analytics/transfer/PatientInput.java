package io.openqpr.analytics.transfer;

import io.openqpr.analytics.transfer.Patience.StalledException;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A file from somebody who may not send: only the time in which it is waited for is counted, and
/// every byte that comes buys some more.
final class PatientInput extends FilterInputStream {

  /// Waited for at the most, when nothing comes.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Less is not worth waiting for.
  private static final int BYTES_A_SECOND = 4 * 1024;

  private final Patience patience;
  private long leftNanos = LIMIT.toNanos();

  PatientInput(InputStream in, Patience patience) {
    super(in);
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /// @throws ProblemException 400 when it comes too slowly
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    long began = System.nanoTime();
    try {
      int read =
          patience.within(
              Duration.ofNanos(Math.max(1, leftNanos)), () -> in.read(bytes, offset, length));
      long bought = Math.max(0, read) * (1_000_000_000L / BYTES_A_SECOND);
      leftNanos = Math.min(LIMIT.toNanos(), leftNanos + bought - (System.nanoTime() - began));
      return read;
    } catch (StalledException e) {
      throw new ProblemException(
          Kind.BAD_REQUEST,
          "The body did not come: nothing was sent for too long. Send the file again; what was imported is not added twice.");
    }
  }
}
