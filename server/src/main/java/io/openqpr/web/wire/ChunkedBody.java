package io.openqpr.web.wire;

import java.io.IOException;

/// A body in chunks, each with its size before it (RFC 9112, 7.1). Extensions and trailers are read
/// over, up to a limit; nothing crooked is: a size with anything else than hex digits, a line that
/// does not end with CR and LF, a control character.
final class ChunkedBody extends Body {

  private static final int MAX_SIZE_DIGITS = 15;
  private static final int MAX_EXTENSION_BYTES = 256;
  private static final int MAX_TRAILER_BYTES = 8 * 1024;

  /// Of all chunks together: tiny chunks that each bring a long extension cost more than they
  /// carry.
  private static final int MAX_EXTENSIONS_BYTES = 16 * 1024;

  private final Inbound in;
  private long left;
  private boolean begun;
  private boolean ended;
  private int extensionsBytes;

  ChunkedBody(Inbound in) {
    this.in = in;
  }

  @Override
  boolean hasEnded() {
    return ended;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      if (begun) {
        expect('\r');
        expect('\n');
      }
      left = size();
      begun = true;
      if (left == 0) {
        readTrailers();
        ended = true;
        return -1;
      }
    }
    int read = in.read(into, offset, (int) Math.min(length, left));
    left -= read;
    return read;
  }

  private long size() throws IOException {
    long size = 0;
    int digits = 0;
    int b = in.next();
    for (int digit; (digit = Character.digit(b, 16)) >= 0; b = in.next()) {
      size = size << 4 | digit;
      if (++digits > MAX_SIZE_DIGITS) {
        throw RefusedException.malformed();
      }
    }
    if (digits == 0) {
      throw RefusedException.malformed();
    }
    readExtension(b);
    return size;
  }

  private void readExtension(int first) throws IOException {
    int b = first;
    if (b != '\r' && b != ';' && b != ' ' && b != '\t') {
      throw RefusedException.malformed();
    }
    for (int bytes = 0; b != '\r'; b = in.next()) {
      boolean control = b >= 0 && b < ' ' && b != '\t' || b == 127;
      if (control || ++bytes > MAX_EXTENSION_BYTES || ++extensionsBytes > MAX_EXTENSIONS_BYTES) {
        throw RefusedException.malformed();
      }
    }
    expect('\n');
  }

  private void readTrailers() throws IOException {
    int bytes = 0;
    for (int length = 1; length > 0; ) {
      length = 0;
      for (int b; (b = in.next()) != '\r'; length++) {
        if (b >= 0 && b < ' ' && b != '\t' || ++bytes > MAX_TRAILER_BYTES) {
          throw RefusedException.malformed();
        }
      }
      expect('\n');
    }
  }

  private void expect(char wanted) throws IOException {
    if (in.next() != wanted) {
      throw RefusedException.malformed();
    }
  }
}
