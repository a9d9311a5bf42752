package io.openqpr.bench.load;

import com.github.f4b6a3.ulid.Ulid;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Ids of scans, and when each was answered: 24 bytes each, added without allocating for each of
/// them.
public final class ScanIds {

  /// Characters of an id, without its prefix.
  public static final int LENGTH = Ulid.ULID_CHARS;

  private static final byte[] VALUES = values();

  private static final int PARTS = 3;

  /// Of each the two halves of its id, and when it was answered.
  private long[] parts = new long[PARTS << 15];

  private int used;

  /// Adds the ULID that begins at `offset`, as answered now.
  public void add(byte[] text, int offset) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < LENGTH; i++) {
      high = high << 5 | low >>> 59;
      low = low << 5 | VALUES[text[offset + i]];
    }
    if (used == parts.length) {
      parts = Arrays.copyOf(parts, used * 2);
    }
    parts[used++] = high;
    parts[used++] = low;
    parts[used++] = System.nanoTime();
  }

  public void addAll(ScanIds others) {
    parts = Arrays.copyOf(parts, Math.max(parts.length, used + others.used));
    System.arraycopy(others.parts, 0, parts, used, others.used);
    used += others.used;
  }

  public int size() {
    return used / PARTS;
  }

  public Set<Ulid> toSet() {
    Set<Ulid> set = HashSet.newHashSet(size());
    each((id, _) -> set.add(id));
    return set;
  }

  /// When each came, by [System#nanoTime]; the first time where it came again.
  public Map<Ulid, Long> times() {
    Map<Ulid, Long> times = HashMap.newHashMap(size());
    each(times::putIfAbsent);
    return times;
  }

  /// In the order they came, with when.
  public void each(BiConsumer<Ulid, Long> sink) {
    for (int i = 0; i < used; i += PARTS) {
      sink.accept(new Ulid(parts[i], parts[i + 1]), parts[i + 2]);
    }
  }

  public void clear() {
    used = 0;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    String alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }
}
