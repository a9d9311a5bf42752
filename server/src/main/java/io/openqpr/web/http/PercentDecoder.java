package io.openqpr.web.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-decoding that accepts nothing crooked.
final class PercentDecoder {

  private PercentDecoder() {}

  /// @param plusIsSpace as in a query; in a path a plus is a plus
  /// @throws IllegalArgumentException saying what is wrong: a broken escape, bytes that are no
  ///   UTF-8, or a control character
  static String decode(String text, boolean plusIsSpace) {
    if (isPlain(text, plusIsSpace)) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '%') {
        out.put((byte) (hexDigit(bytes, i + 1) << 4 | hexDigit(bytes, i + 2)));
        i += 2;
      } else {
        out.put(plusIsSpace && b == '+' ? (byte) ' ' : b);
      }
    }
    return withoutControls(utf8(out.flip()));
  }

  private static boolean isPlain(String text, boolean plusIsSpace) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '%' || (plusIsSpace && c == '+')) {
        return false;
      }
    }
    return true;
  }

  private static int hexDigit(byte[] bytes, int i) {
    int digit = i < bytes.length ? Character.digit(bytes[i], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("a percent sign must be followed by two hex digits");
    }
    return digit;
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it must be UTF-8", e);
    }
  }

  private static String withoutControls(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("control characters are not allowed");
    }
    return text;
  }
}
