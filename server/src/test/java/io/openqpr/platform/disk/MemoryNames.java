package io.openqpr.platform.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The names in a directory: as processes see them, and what changed since the last sync.
final class MemoryNames {

  final Map<Path, MemoryBytes> names = new HashMap<>();
  private Map<Path, MemoryBytes> durable = Map.of();
  private final List<Map<Path, MemoryBytes>> changes = new ArrayList<>();

  void set(Path file, MemoryBytes node) {
    names.put(file, node);
    changes.add(Map.copyOf(names));
  }

  void remove(Path file) {
    if (names.remove(file) != null) {
      changes.add(Map.copyOf(names));
    }
  }

  void rename(Path from, Path to, MemoryBytes node) {
    names.remove(from);
    set(to, node);
  }

  void sync() {
    if (!changes.isEmpty()) {
      durable = changes.getLast();
      changes.clear();
    }
  }

  /// A power cut: all changes up to some moment happened, as with a file system that keeps a
  /// journal of its own.
  void settle(MemoryBytes.Kept kept, RandomGenerator random) {
    int happened =
        switch (kept) {
          case NOTHING -> 0;
          case ALL -> changes.size();
          case SOME, SOME_OTHER -> random.nextInt(changes.size() + 1);
        };
    if (happened > 0) {
      durable = changes.get(happened - 1);
    }
    changes.clear();
    names.clear();
    names.putAll(durable);
  }
}
