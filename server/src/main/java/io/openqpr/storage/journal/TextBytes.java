package io.openqpr.storage.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Texts as bytes: a length (unsigned short, 65535 for null) and UTF-8.
final class TextBytes {

  private static final int LENGTH_BYTES = 2;
  private static final int NULL_TEXT = 0xFFFF;

  /// Stands for the bytes of a null text; told apart by identity from those of an empty one.
  private static final byte[] ABSENT = {};

  private TextBytes() {}

  static byte[] of(@Nullable String text) {
    return text == null ? ABSENT : text.getBytes(StandardCharsets.UTF_8);
  }

  /// How many bytes [#put] will take for all of them.
  static int size(byte[]... texts) {
    int sum = 0;
    for (byte[] text : texts) {
      sum += LENGTH_BYTES + text.length;
    }
    return sum;
  }

  static void put(ByteBuffer out, byte[] text) {
    out.putShort((short) (text == ABSENT ? NULL_TEXT : text.length)).put(text);
  }

  static String read(ByteBuffer in) {
    String text = readNullable(in);
    if (text == null) {
      throw new IllegalArgumentException("null where a text is needed");
    }
    return text;
  }

  static @Nullable String readNullable(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length == NULL_TEXT) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
