package io.openqpr.bench.load;

import com.github.f4b6a3.ulid.Ulid;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Ids of scans, 16 bytes each, added without allocating for each of them.
public final class ScanIds {

  private static final int ULID_CHARS = Ulid.ULID_CHARS;
  private static final byte[] VALUES = values();

  private long[] halves = new long[1 << 16];
  private int used;

  /// Adds the ULID that begins at `offset`.
  void add(byte[] text, int offset) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < ULID_CHARS; i++) {
      high = high << 5 | low >>> 59;
      low = low << 5 | VALUES[text[offset + i]];
    }
    if (used == halves.length) {
      halves = Arrays.copyOf(halves, used * 2);
    }
    halves[used++] = high;
    halves[used++] = low;
  }

  public void addAll(ScanIds others) {
    halves = Arrays.copyOf(halves, Math.max(halves.length, used + others.used));
    System.arraycopy(others.halves, 0, halves, used, others.used);
    used += others.used;
  }

  public int size() {
    return used / 2;
  }

  public Set<Ulid> toSet() {
    Set<Ulid> set = HashSet.newHashSet(size());
    for (int i = 0; i < used; i += 2) {
      set.add(new Ulid(halves[i], halves[i + 1]));
    }
    return set;
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
