package io.openqpr.web.wire;

/// Looks for the end of a head as it comes in; remembers how far it got.
final class HeadLines {

  private int looked;
  private int lineStart;
  private int firstLine = -1;
  private int end = -1;
  private int emptyLines;

  /// @param from where the head begins; the same bytes stand behind it in each call
  /// @return whether the empty line is there
  /// @throws RefusedException when it is too long, or a line does not end with CR and LF
  boolean find(byte[] bytes, int from, int to) throws RefusedException {
    int length = to - from;
    for (int i = looked; i < length; i++) {
      if (bytes[from + i] != '\n') {
        continue;
      }
      if (i == 0 || bytes[from + i - 1] != '\r') {
        throw RefusedException.malformed();
      }
      if (firstLine < 0) {
        firstLine = i + 1;
      } else if (i - lineStart == 1) {
        end = from + i + 1;
        checkLengths(i + 1);
        return true;
      }
      lineStart = i + 1;
    }
    looked = length;
    checkLengths(length);
    return false;
  }

  private void checkLengths(int length) throws RefusedException {
    if ((firstLine < 0 ? length : firstLine) > Inbound.MAX_LINE_BYTES) {
      throw new RefusedException(Refusal.LINE_TOO_LONG);
    }
    if (firstLine >= 0 && length - firstLine > Inbound.MAX_HEADER_BYTES) {
      throw new RefusedException(Refusal.HEADERS_TOO_LONG);
    }
  }

  /// Behind the empty line.
  int end() {
    return end;
  }

  /// How many empty lines stood before it, one more than at the last call.
  int skipped() {
    looked = 0;
    return ++emptyLines;
  }
}
