package io.openqpr.platform.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The bytes of a file: as processes see them, and as they are on the plates.
final class MemoryBytes {

  /// What a power cut leaves of what was not synced. Often all of it or nothing: a short while
  /// decides about everything.
  enum Kept {
    NOTHING,
    ALL,
    SOME,
    SOME_OTHER
  }

  byte[] data = {};
  int size;
  private byte[] durable = {};
  private int durableSize;
  private final List<Write> unsynced = new ArrayList<>();

  private record Write(int at, byte[] bytes) {}

  void write(int at, byte[] bytes, int part) {
    data = grown(data, at + part);
    System.arraycopy(bytes, 0, data, at, part);
    size = Math.max(size, at + part);
    unsynced.add(new Write(at, part == bytes.length ? bytes : Arrays.copyOf(bytes, part)));
  }

  void sync() {
    for (Write write : unsynced) {
      keep(write, 0, write.bytes.length);
    }
    unsynced.clear();
  }

  private void keep(Write write, int from, int to) {
    durable = grown(durable, write.at + to);
    System.arraycopy(write.bytes, from, durable, write.at + from, to - from);
    durableSize = Math.max(durableSize, write.at + to);
  }

  /// A power cut.
  void settle(Kept kept, RandomGenerator random) {
    switch (kept) {
      case NOTHING -> unsynced.clear();
      case ALL -> sync();
      case SOME, SOME_OTHER -> settleSome(random);
    }
    data = durable.clone();
    size = durableSize;
  }

  /// Some sectors reach the plates, others do not, and nobody will try again.
  void settleSome(RandomGenerator random) {
    for (Write write : unsynced) {
      int from = 0;
      while (from < write.bytes.length) {
        int rest = MemoryDisk.SECTOR_BYTES - (write.at + from) % MemoryDisk.SECTOR_BYTES;
        int to = Math.min(write.bytes.length, from + rest);
        if (random.nextBoolean()) {
          keep(write, from, to);
        }
        from = to;
      }
    }
    unsynced.clear();
  }

  private static byte[] grown(byte[] bytes, int size) {
    return size <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
  }
}
