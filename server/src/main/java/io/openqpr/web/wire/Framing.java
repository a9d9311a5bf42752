package io.openqpr.web.wire;

import java.util.List;

/// Where a request's body ends, by its headers alone (RFC 9112, 6.3). Whatever two servers could
/// read in two ways is refused: there a second request could hide.
///
/// @param chunked whether it comes in chunks
/// @param length of a body that does not; 0 where there is none, or it comes in chunks
record Framing(boolean chunked, long length) {

  private static final int MAX_DIGITS = 18;

  static Framing of(Head head) throws RefusedException {
    List<String> codings = head.all("Transfer-Encoding");
    List<String> lengths = head.all("Content-Length");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty() || codings.size() > 1 || head.isOldVersion()) {
        throw RefusedException.malformed();
      }
      if (!codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new RefusedException(Refusal.UNKNOWN_CODING);
      }
      return new Framing(true, 0);
    }
    if (lengths.isEmpty()) {
      return new Framing(false, 0);
    }
    if (lengths.size() > 1) {
      throw RefusedException.malformed();
    }
    return new Framing(false, number(lengths.getFirst()));
  }

  private static long number(String digits) throws RefusedException {
    boolean plain = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
    for (int i = 0; i < digits.length() && plain; i++) {
      plain = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!plain) {
      throw RefusedException.malformed();
    }
    return Long.parseLong(digits);
  }

  boolean hasBody() {
    return chunked || length > 0;
  }
}
