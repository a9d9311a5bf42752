package io.openqpr.code.image;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.platform.HeapShare;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Pictures that were drawn, in a bounded memory: what many ask for is drawn once.
final class Drawn {

  private static final int OVERHEAD_BYTES = 200;

  /// One picture must not take the place of all others.
  static final long MOST_BYTES = HeapShare.PICTURES.bytes() / 8;

  private final Cache<String, byte[]> remembered =
      Caffeine.newBuilder()
          .maximumWeight(HeapShare.PICTURES.bytes())
          .weigher((String tag, byte[] picture) -> OVERHEAD_BYTES + picture.length)
          .build();
  private final LongAdder drawn = new LongAdder();

  /// The picture of this tag, which says all that it is made of; not to be changed.
  byte[] of(String tag, Supplier<byte[]> drawing) {
    byte[] known = remembered.getIfPresent(tag);
    if (known != null) {
      return known;
    }
    byte[] picture = drawing.get();
    drawn.increment();
    if (picture.length <= MOST_BYTES) {
      remembered.put(tag, picture);
    }
    return picture;
  }

  /// How many since the start.
  long drawn() {
    return drawn.sum();
  }
}
