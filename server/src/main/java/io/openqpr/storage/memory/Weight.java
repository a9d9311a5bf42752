package io.openqpr.storage.memory;

import org.jspecify.annotations.Nullable;

/// What things take of the heap, roughly and rather too much than too little.
public final class Weight {

  /// An entry of a cache beside its key and value.
  public static final int ENTRY = 120;

  private static final int TEXT = 24;

  private Weight() {}

  /// Of a text, which takes two bytes a character where one is beyond Latin-1.
  public static int of(@Nullable String text) {
    return text == null ? 0 : TEXT + 2 * text.length();
  }

  public static int of(@Nullable String... texts) {
    int sum = 0;
    for (String text : texts) {
      sum += of(text);
    }
    return sum;
  }
}
