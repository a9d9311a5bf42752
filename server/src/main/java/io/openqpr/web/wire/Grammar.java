package io.openqpr.web.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What RFC 9112 lets stand in a head, and nothing that two readers could read in two ways: no
/// folded lines, no blank before a colon, no control characters, no line that ends with LF alone.
final class Grammar {

  private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] TOKEN = new boolean[128];
  private static final int MAX_FIELDS = 100;

  static {
    for (char c = '!'; c < 127; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private Grammar() {}

  static boolean isToken(byte b) {
    return b >= 0 && TOKEN[b];
  }

  static int tokenEnd(byte[] bytes, int from) {
    int i = from;
    while (isToken(bytes[i])) {
      i++;
    }
    return i;
  }

  /// Behind whatever is no blank and no control character; bytes beyond ASCII are let through.
  static int targetEnd(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length && (bytes[i] > ' ' && bytes[i] != 127 || bytes[i] < 0)) {
      i++;
    }
    return i;
  }

  /// Where the line's CR is.
  static int lineEnd(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] != '\n') {
      i++;
    }
    return i - 1;
  }

  /// Whether the version that stands there is 1.0; later minor versions are read as 1.1.
  static boolean isOldVersion(byte[] bytes, int from, int to) throws RefusedException {
    if (to - from != VERSION.length + 1 || !isDigit(bytes[to - 1])) {
      throw RefusedException.malformed();
    }
    int major = VERSION.length - 2;
    if (!Arrays.equals(bytes, from, from + major, VERSION, 0, major)
        || !isDigit(bytes[from + major])
        || bytes[to - 2] != '.') {
      throw RefusedException.malformed();
    }
    if (bytes[from + major] != '1') {
      throw new RefusedException(Refusal.UNKNOWN_VERSION);
    }
    return bytes[to - 1] == '0';
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /// The headers from here to the empty line: of each where its name begins and ends, and its value
  /// without the blanks around it.
  static int[] fields(byte[] bytes, int from) throws RefusedException {
    int[] fields = new int[64];
    int count = 0;
    for (int at = from; bytes[at] != '\r'; ) {
      int colon = tokenEnd(bytes, at);
      int end = lineEnd(bytes, at);
      if (colon == at || bytes[colon] != ':') {
        throw RefusedException.malformed();
      }
      if (count == 4 * MAX_FIELDS) {
        throw new RefusedException(Refusal.HEADERS_TOO_LONG);
      }
      if (count == fields.length) {
        fields = Arrays.copyOf(fields, 2 * count);
      }
      fields[count] = at;
      fields[count + 1] = colon;
      int valueEnd = trimmedEnd(bytes, colon + 1, end);
      fields[count + 2] = trimmedStart(bytes, colon + 1, valueEnd);
      fields[count + 3] = valueEnd;
      count += 4;
      checkValue(bytes, colon + 1, end);
      at = end + 2;
    }
    return Arrays.copyOf(fields, count);
  }

  private static void checkValue(byte[] bytes, int from, int to) throws RefusedException {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' || b == 127) {
        throw RefusedException.malformed();
      }
    }
  }

  private static int trimmedStart(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  private static int trimmedEnd(byte[] bytes, int from, int to) {
    int i = to;
    while (i > from && isBlank(bytes[i - 1])) {
      i--;
    }
    return i;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /// UTF-8 where it is that, else Latin-1.
  static String text(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return utf8OrLatin1(bytes, from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String utf8OrLatin1(byte[] bytes, int from, int to) {
    try {
      var utf8 = StandardCharsets.UTF_8.newDecoder();
      return utf8.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
