package io.openqpr.analytics.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// The way out to somebody who may not read: each part of [#PART_BYTES] has to be taken in time.
final class PatientOutput extends OutputStream {

  static final int PART_BYTES = 128 * 1024;

  /// For each part: 4 kB a second at least.
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final OutputStream out;
  private final Patience patience;

  PatientOutput(OutputStream out, Patience patience) {
    this.out = out;
    this.patience = patience;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += PART_BYTES) {
      int from = offset + done;
      int size = Math.min(PART_BYTES, length - done);
      patience.within(
          LIMIT,
          () -> {
            out.write(bytes, from, size);
            return size;
          });
    }
  }
}
